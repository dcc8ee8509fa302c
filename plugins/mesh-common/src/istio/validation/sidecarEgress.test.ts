import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of sidecar egress in a Sidecar', () => {
  it.each<[string, string[]]>([
    ['{ egress: [] }', ['spec: sidecar: empty configuration provided']],
    [
      '{ egress: [ { hosts: [] } ] }',
      [
        'spec.egress[0].hosts: sidecar: egress listener must contain at least one host',
      ],
    ],
    [
      '{ egress: [ { hosts: [ a ] } ] }',
      ['spec.egress[0].hosts[0]: host must be of form namespace/dnsName'],
    ],
    [
      '{ egress: [ { hosts: [ "*/a" ] } ] }',
      ['spec.egress[0].hosts[0]: short names (non FQDN) are not allowed'],
    ],
    [
      '{ egress: [ { hosts: [ ./*, ./a.b ] } ] }',
      ['warning spec.egress[0].hosts[1]: duplicated egress host: ./a.b'],
    ],
    [
      '{ egress: [ { hosts: [ a/*, a/* ] } ] }',
      ['warning spec.egress[0].hosts[1]: duplicated egress host: a/*'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*", a/* ] } ] }',
      [
        'warning spec.egress[0].hosts: `*/*` host select all resources, no other hosts can be added',
      ],
    ],
    [
      '{ egress: [ { hosts: [ a_b/* ] } ] }',
      ['spec.egress[0].hosts[0]: invalid namespace value "a_b" in sidecar'],
    ],
    [
      '{ egress: [ { hosts: [ a/a_b.c ] } ] }',
      [
        'spec.egress[0].hosts[0]: domain name "a_b.c" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ egress: [ { hosts: [ a/*x.com ] } ] }',
      ['spec.egress[0].hosts[0]: partial wildcard "*x.com" not allowed'],
    ],
    [
      '{ egress: [ { hosts: [ /a.b ] } ] }',
      [
        'spec.egress[0].hosts[0]: config namespace and dnsName in host entry cannot be empty',
      ],
    ],
    [
      '{ egress: [ { hosts: [ a/ ] } ] }',
      [
        'spec.egress[0].hosts[0]: config namespace and dnsName in host entry cannot be empty',
        'spec.egress[0].hosts[0]: short names (non FQDN) are not allowed',
        'spec.egress[0].hosts[0]: empty domain name not allowed',
      ],
    ],
    [
      '{ egress: [ { hosts: [ a/1.2.3.4 ] } ] }',
      [
        'spec.egress[0].hosts[0]: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ] }, { hosts: [ "*/*" ] } ] }',
      [
        'spec.egress[0].port: sidecar: the egress listener with empty port should be the last listener in the list',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80 } }, { hosts: [ "*/*" ], port: { number: 80 } } ] }',
      [
        'spec.egress[1].port.number: sidecar: ports on IP bound listeners must be unique',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 0 } } ] }',
      [
        'spec.egress[0].port.number: sidecar: ports with 0 value must have a unix domain socket bind address',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 0 }, bind: unix:///a, captureMode: IPTABLES } ] }',
      [
        'spec.egress[0].captureMode: sidecar: captureMode must be DEFAULT/NONE for unix domain socket listeners',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 0 }, bind: unix:///a }, { hosts: [ "*/*" ], port: { number: 0 }, bind: unix:///a } ] }',
      [
        'spec.egress[1].bind: sidecar: unix domain socket values for listeners must be unique',
      ],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80, protocol: X } } ] }',
      ['spec.egress[0].port.protocol: unsupported protocol: X'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80, name: A_ } } ] }',
      ['spec.egress[0].port.name: invalid port name: A_'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80, targetPort: 8080 } } ] }',
      ['spec.egress[0].port.targetPort: targetPort has no impact on Sidecars'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80 }, bind: x } ] }',
      ['spec.egress[0].bind: x is not a valid IP'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 80 }, bind: unix:///a } ] }',
      ['spec.egress[0].bind: unix:///a is not a valid IP'],
    ],
    [
      '{ egress: [ { hosts: [ "*/*" ], port: { number: 70000 } } ] }',
      [
        'spec.egress[0].port.number: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ workloadSelector: {}, egress: [ { hosts: [ "*/*" ] } ] }',
      [
        'warning spec.workloadSelector: sidecar: workload selector specified without labels, will be applied to all services in namespace',
      ],
    ],
    [
      '{ workloadSelector: { labels: { a: "*" } }, egress: [ { hosts: [ "*/*" ] } ] }',
      [
        'spec.workloadSelector.labels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ workloadSelector: { labels: { "": x } }, egress: [ { hosts: [ "*/*" ] } ] }',
      [
        'spec.workloadSelector.labels.: empty key is not supported in selector: "=x"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('Sidecar', spec)).toEqual(expected);
  });

  it.each([
    '{ egress: [ { hosts: [ "*/*" ] } ] }',
    '{ egress: [ { hosts: [ ./* ] } ] }',
    '{ egress: [ { hosts: [ ~/* ] } ] }',
    '{ egress: [ { hosts: [ ~a/* ] } ] }',
    '{ egress: [ { hosts: [ "*/*", ~a/b.c ] } ] }',
    '{ egress: [ { hosts: [ ~./a.b ] } ] }',
    '{ egress: [ { hosts: [ "*/*" ], port: { number: 80, protocol: HTTP } }, { hosts: [ "*/*" ] } ] }',
    '{ egress: [ { hosts: [ "*/*" ], port: { number: 0 }, bind: unix:///a } ] }',
    '{ egress: [ { hosts: [ "*/*" ], bind: x } ] }',
    '{ workloadSelector: { labels: { a b: c } }, egress: [ { hosts: [ "*/*" ] } ] }',
  ])('nothing: %s', spec => {
    expect(said('Sidecar', spec)).toEqual([]);
  });
});
