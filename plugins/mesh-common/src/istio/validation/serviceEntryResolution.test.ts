import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of service entry resolution in a ServiceEntry', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ "*" ], resolution: DYNAMIC_DNS }',
      ['spec.hosts[0]: invalid host *'],
    ],
    [
      '{ hosts: [ a_b ], resolution: DYNAMIC_DNS }',
      [
        'spec.hosts[0]: domain name "a_b" invalid (label "a_b" invalid)',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
      ],
    ],
    [
      '{ hosts: [ "" ], resolution: DYNAMIC_DNS }',
      [
        'spec.hosts[0]: empty domain name not allowed',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
      ],
    ],
    [
      '{ hosts: [ a, b ], resolution: DYNAMIC_DNS }',
      [
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.hosts[1]: host must be wildcarded for resolution mode DYNAMIC_DNS',
      ],
    ],
    [
      '{ hosts: [ 1.2.3.4 ], resolution: DYNAMIC_DNS }',
      [
        'spec.hosts[0]: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4 ], resolution: DYNAMIC_DNS }',
      [
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4/16 ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 1.2.3.4/33 ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]: 1.2.3.4/33 is not a valid CIDR block',
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ x ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]: x is not a valid IP',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 2001:db8::/129 ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]: 2001:db8::/129 is not a valid CIDR block',
        'spec.addresses[0]: CIDR addresses are allowed only for NONE/STATIC resolution types',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ 01.2.3.4 ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]: 01.2.3.4 is not a valid IP',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], addresses: [ "" ], resolution: DYNAMIC_DNS }',
      [
        'spec.addresses[0]:  is not a valid IP',
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.addresses: addresses cannot be set for resolution type DYNAMIC_DNS. HTTP route domains will only be generatedfrom the hosts field values',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [], resolution: DYNAMIC_DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ {} ], resolution: NONE, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints: no endpoints should be provided for resolution type none',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ {} ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      ['spec.endpoints[0].address: Address is required'],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ {} ], resolution: DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints[0].address: endpoint address "" is not a valid FQDN or an IP address',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ {} ], resolution: DYNAMIC_DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.hosts[0]: host must be wildcarded for resolution mode DYNAMIC_DNS',
        'spec.endpoints: endpoints cannot be set for resolution type DYNAMIC_DNS. Destination IP address determined from hostsfield values',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: a.com } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints[0].address: endpoint address "a.com" is not a valid IP address',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: unix://a } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      ['spec.endpoints[0].address: a is not an absolute path to a file'],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: unix:///a, ports: { http: 80 } } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints[0].ports: unix endpoint unix:///a must not include ports',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4, ports: { foo: 8080 } } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints[0].ports.foo: endpoint port 8080 is not defined by the service entry',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4, ports: { http: 0 } } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints[0].ports.http: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4, labels: { a b: c } } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      ['spec.endpoints[0].labels.a b: invalid tag key: "a b"'],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { network: n } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      ['warning spec.endpoints[0].address: address is unset with network "n"'],
    ],
    [
      '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4 }, { address: 1.2.3.5 } ], resolution: DNS_ROUND_ROBIN, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
      [
        'spec.endpoints: there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN',
      ],
    ],
    [
      '{ hosts: [ a.com ], workloadSelector: { labels: { a: b } }, endpoints: [] }',
      [
        'spec: only one of WorkloadSelector or Endpoints is allowed in Service Entry',
        'warning spec.workloadSelector: workloadSelector should not be set when resolution mode is NONE',
      ],
    ],
    [
      '{ hosts: [ "*.a.com" ], resolution: DYNAMIC_DNS, location: MESH_INTERNAL, ports: [ { number: 80, name: a, protocol: TCP } ] }',
      [
        'spec.ports[0].protocol: only HTTP, TLS, GRPC, and HTTP2 protocols are supported for resolution type DYNAMIC_DNS',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('ServiceEntry', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ "*.a" ], resolution: DYNAMIC_DNS }',
    '{ hosts: [ a.com ], endpoints: [], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [], resolution: DNS_ROUND_ROBIN, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4 } ], resolution: DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: a.com } ], resolution: DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: unix:///a } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4, ports: { http: 8080 } } ], resolution: DNS, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: 1.2.3.4 }, { address: 1.2.3.5 } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: 2001:db8::1 } ], resolution: STATIC, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ a.com ], endpoints: [ { address: 2001:db8::1 } ], resolution: DNS_ROUND_ROBIN, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
    '{ hosts: [ "*.a.com" ], resolution: DYNAMIC_DNS, location: MESH_EXTERNAL, ports: [ { number: 80, name: http, protocol: HTTP } ] }',
  ])('nothing: %s', spec => {
    expect(said('ServiceEntry', spec)).toEqual([]);
  });
});
