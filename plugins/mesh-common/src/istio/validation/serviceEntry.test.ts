import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a ServiceEntry', () => {
  it.each<[string, string[]]>([
    ['{}', ['spec.hosts: service entry must have at least one host']],
    ['{ hosts: [ "*" ], resolution: NONE }', ['spec.hosts[0]: invalid host *']],
    [
      '{ hosts: [ "*" ], resolution: DNS }',
      [
        'spec.hosts[0]: invalid host *',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "*" invalid (label "*" invalid)',
      ],
    ],
    [
      '{ hosts: [ "*" ], resolution: DNS_ROUND_ROBIN }',
      [
        'spec.hosts[0]: invalid host *',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, domain name "*" invalid (label "*" invalid)',
      ],
    ],
    [
      '{ hosts: [ "*.a" ], resolution: DNS }',
      [
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "*.a" invalid (label "*" invalid)',
      ],
    ],
    [
      '{ hosts: [ "*.a" ], resolution: DNS_ROUND_ROBIN }',
      [
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, domain name "*.a" invalid (label "*" invalid)',
      ],
    ],
    [
      '{ hosts: [ "*x" ], resolution: NONE }',
      ['warning spec.hosts[0]: partial wildcard "*x" not allowed'],
    ],
    [
      '{ hosts: [ "*x" ], resolution: DNS }',
      [
        'warning spec.hosts[0]: partial wildcard "*x" not allowed',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "*x" invalid (label "*x" invalid)',
      ],
    ],
    [
      '{ hosts: [ "*x" ], resolution: DNS_ROUND_ROBIN }',
      [
        'warning spec.hosts[0]: partial wildcard "*x" not allowed',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, domain name "*x" invalid (label "*x" invalid)',
      ],
    ],
    [
      '{ hosts: [ a_b ], resolution: NONE }',
      ['spec.hosts[0]: domain name "a_b" invalid (label "a_b" invalid)'],
    ],
    [
      '{ hosts: [ a_b ], resolution: DNS }',
      [
        'spec.hosts[0]: domain name "a_b" invalid (label "a_b" invalid)',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ hosts: [ a_b ], resolution: DNS_ROUND_ROBIN }',
      [
        'spec.hosts[0]: domain name "a_b" invalid (label "a_b" invalid)',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ hosts: [ "" ], resolution: NONE }',
      ['spec.hosts[0]: empty domain name not allowed'],
    ],
    [
      '{ hosts: [ "" ], resolution: DNS }',
      [
        'spec.hosts[0]: empty domain name not allowed',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, empty domain name not allowed',
      ],
    ],
    [
      '{ hosts: [ "" ], resolution: DNS_ROUND_ROBIN }',
      [
        'spec.hosts[0]: empty domain name not allowed',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, empty domain name not allowed',
      ],
    ],
    [
      '{ hosts: [ a, b ], resolution: DNS, ports: [ { number: 80, name: t, protocol: TCP } ] }',
      ['spec.ports[0]: multiple hosts provided with non-HTTP, non-TLS ports'],
    ],
    [
      '{ hosts: [ a, b ], resolution: DNS, ports: [ { number: 443, name: t, protocol: TLS } ], addresses: [ 1.2.3.4 ] }',
      [
        'warning spec.hosts: service entry can not have more than one host specified simultaneously with address and tcp port',
      ],
    ],
    [
      '{ hosts: [ 1.2.3.4 ], resolution: NONE }',
      [
        'spec.hosts[0]: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ hosts: [ 1.2.3.4 ], resolution: DNS }',
      [
        'spec.hosts[0]: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS, domain name "1.2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ hosts: [ 1.2.3.4 ], resolution: DNS_ROUND_ROBIN }',
      [
        'spec.hosts[0]: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
        'spec.hosts[0]: hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode DNS_ROUND_ROBIN, domain name "1.2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4/16 ], resolution: DNS }',
      [
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4/33 ], resolution: NONE }',
      ['spec.addresses[0]: 1.2.3.4/33 is not a valid CIDR block'],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4/33 ], resolution: DNS }',
      [
        'spec.addresses[0]: 1.2.3.4/33 is not a valid CIDR block',
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ x ], resolution: NONE }',
      ['spec.addresses[0]: x is not a valid IP'],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 2001:db8::/129 ], resolution: NONE }',
      ['spec.addresses[0]: 2001:db8::/129 is not a valid CIDR block'],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 2001:db8::/129 ], resolution: DNS }',
      [
        'spec.addresses[0]: 2001:db8::/129 is not a valid CIDR block',
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 01.2.3.4 ], resolution: NONE }',
      ['spec.addresses[0]: 01.2.3.4 is not a valid IP'],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ "" ], resolution: NONE }',
      ['spec.addresses[0]:  is not a valid IP'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ {} ] }',
      [
        'spec.ports[0].name: invalid port name: ',
        'spec.ports[0].number: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80 } ] }',
      ['spec.ports[0].name: invalid port name: '],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 0, name: a } ] }',
      ['spec.ports[0].number: port number 0 must be in the range 1..65535'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: a, protocol: FOO } ] }',
      ['spec.ports[0].protocol: unsupported protocol: FOO'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: A_B } ] }',
      ['spec.ports[0].name: invalid port name: A_B'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: a }, { number: 80, name: b } ] }',
      ['spec.ports[1].number: service entry port 80 already defined'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: a }, { number: 81, name: a } ] }',
      ['spec.ports[1].name: service entry port name "a" already defined'],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: a, targetPort: 70000 } ] }',
      [
        'spec.ports[0].targetPort: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ a.com ], ports: [ { number: 80, name: http, protocol: HTTP-X } ] }',
      ['spec.ports[0].protocol: unsupported protocol: HTTP-X'],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: {}, resolution: NONE }',
      [
        'warning spec.workloadSelector: service entry: workload selector specified without labels, will be applied to all services in namespace',
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: {}, resolution: STATIC }',
      [
        'warning spec.workloadSelector: service entry: workload selector specified without labels, will be applied to all services in namespace',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a: b } }, resolution: NONE }',
      [
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a: "*" } }, resolution: NONE }',
      [
        'spec.workloadSelector.labels.a: wildcard is not supported in selector: "a=*"',
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a: "*" } }, resolution: STATIC }',
      [
        'spec.workloadSelector.labels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { "": b } }, resolution: NONE }',
      [
        'spec.workloadSelector.labels.: empty key is not supported in selector: "=b"',
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { "": b } }, resolution: STATIC }',
      [
        'spec.workloadSelector.labels.: empty key is not supported in selector: "=b"',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a*: b } }, resolution: NONE }',
      [
        'spec.workloadSelector.labels.a*: wildcard is not supported in selector: "a*=b"',
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a*: b } }, resolution: STATIC }',
      [
        'spec.workloadSelector.labels.a*: wildcard is not supported in selector: "a*=b"',
      ],
    ],
    [
      '{ hosts: [ a.com ], resolution: X }',
      ['spec.resolution: unsupported resolution type X'],
    ],
    [
      '{ hosts: [ a.com ], exportTo: [ "~", a ] }',
      ['spec.exportTo: cannot export service entry to no one (~) and someone'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('ServiceEntry', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ a.com ] }',
    '{ hosts: [ "*.a" ], resolution: STATIC }',
    '{ hosts: [ a, b ], resolution: NONE }',
    '{ hosts: [ a, b ], resolution: DNS }',
    '{ hosts: [ a, b ] }',
    '{ hosts: [ a.com ], addresses: [ 1.2.3.4 ], resolution: STATIC }',
    '{ hosts: [ a.com ], addresses: [ 1.2.3.4/16 ], resolution: NONE }',
    '{ hosts: [ a.com ], addresses: [ 2001:db8::1 ], resolution: NONE }',
    '{ hosts: [ a.com ], addresses: [ 2001:db8::1 ], resolution: DNS }',
    '{ hosts: [ a.com ], ports: [ { number: 80, name: a } ], addresses: [ 1.2.3.4 ] }',
    '{ hosts: [ a.com ], ports: [ { number: 80, name: a, protocol: http } ], resolution: DNS }',
    '{ hosts: [ a.com ], ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], ports: [ { number: 80, name: http, protocol: HTTP } ], addresses: [ 1.2.3.4 ] }',
    '{ hosts: [ a.com ], workloadSelector: { labels: { a: b } }, resolution: DNS }',
    '{ hosts: [ a.com ], exportTo: [ a ] }',
  ])('nothing: %s', spec => {
    expect(said('ServiceEntry', spec)).toEqual([]);
  });
});
