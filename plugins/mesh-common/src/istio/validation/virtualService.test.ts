import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ "*" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.hosts[0]: wildcard host * is not allowed for virtual services bound to the mesh gateway',
      ],
    ],
    [
      '{ hosts: [ "*", a.b ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.hosts[1]: duplicate hosts in virtual service: * & a.b'],
    ],
    [
      '{ hosts: [ a.b, "*.b" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.hosts[1]: duplicate hosts in virtual service: a.b & *.b'],
    ],
    [
      '{ hosts: [ a, a ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.hosts[1]: duplicate hosts in virtual service: a & a'],
    ],
    [
      '{ hosts: [ foo.*.com ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.hosts[0]: domain name "*.com" invalid (label "*" invalid)'],
    ],
    [
      '{ hosts: [ "" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.hosts[0]: empty domain name not allowed'],
    ],
    [
      '{ hosts: [], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.gateways: delegate virtual service must have no gateways specified',
      ],
    ],
    [
      '{ hosts: [ x.1 ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.hosts[0]: domain name "1" invalid (top level domain "1" cannot be all-numeric)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ ns/ ] }',
      [
        'spec.gateways[0]: config namespace and gateway name cannot be empty',
        'spec.gateways[0]: invalid value for gateway name: ""',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ /gw ] }',
      [
        'spec.gateways[0]: config namespace and gateway name cannot be empty',
        'spec.gateways[0]: invalid value for namespace: ""',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ gw.ns.svc.cluster.local ] }',
      [
        'warning spec.gateways[0]: using legacy gatewayName format "gw.ns.svc.cluster.local"; prefer the <namespace>/<name> format: "ns/gw"',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ a/b/c ] }',
      ['spec.gateways[0]: invalid value for gateway name: "b/c"'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ a.b/c ] }',
      ['spec.gateways[0]: invalid value for namespace: "a.b"'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ "" ] }',
      ['spec.gateways[0]: empty domain name not allowed'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ a_b ] }',
      ['spec.gateways[0]: domain name "a_b" invalid (label "a_b" invalid)'],
    ],
    [
      '{ http: [ { route: [ { destination: { host: cart } } ] } ], tcp: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.tcp: delegate virtual service must have no tcp route specified'],
    ],
    ['{}', ['spec: http, tcp or tls must be provided in virtual service']],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ ., "*" ] }',
      [
        'spec.exportTo: cannot have both public (*) and non-public exportTo values for a resource',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ "~" ] }',
      [
        'spec.exportTo[0]: exportTo ~ (none) is not allowed for Istio configuration objects',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ a, a ] }',
      ['spec.exportTo[1]: duplicate entries in exportTo for entry a'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ ., default ] }',
      ['spec.exportTo[1]: duplicate entries in exportTo for entry default'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ a_b ] }',
      [
        'spec.exportTo[0]: only .,*, or a valid DNS 1123 label is allowed as exportTo entry',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ other.com ] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tls[0].match[0].sniHosts[0]: SNI host "other.com" is not a compatible subset of any of the virtual service hosts: [cart.example.com]',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tls[0].match[0].sniHosts: TLS match must have at least one SNI host',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ 1.2.3.4 ] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'warning spec.tls[0].match[0].sniHosts[0]: using an IP address ("1.2.3.4") goes against SNI spec and most clients do not support this',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ], destinationSubnets: [ 1.2.3.4/33 ] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tls[0].match[0].destinationSubnets[0]: 1.2.3.4/33 is not a valid CIDR block',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ], port: 70000 } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tls[0].match[0].port: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ], sourceLabels: { a: "!" } } ], route: [ { destination: { host: cart } } ] } ] }',
      ['spec.tls[0].match[0].sourceLabels.a: invalid tag value: "!"'],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ a_b ] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tls[0].match[0].sniHosts[0]: domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ] } ] } ] }',
      ['spec.tls[0].route: TLS route is required'],
    ],
    [
      '{ hosts: [ cart.example.com ], tls: [ { route: [ { destination: { host: cart } } ] } ] }',
      ['spec.tls[0]: TLS route must have at least one match condition'],
    ],
    [
      '{ hosts: [ cart.example.com ], tcp: [ {} ] }',
      ['spec.tcp[0].route: TCP route is required'],
    ],
    [
      '{ hosts: [ cart.example.com ], tcp: [ { route: [ { destination: { host: cart }, weight: 0 }, { destination: { host: cart }, weight: 0 } ] } ] }',
      ['spec.tcp[0].route: total destination weight = 0'],
    ],
    [
      '{ hosts: [ cart.example.com ], tcp: [ { match: [ { destinationSubnets: [ x ] } ], route: [ { destination: { host: cart } } ] } ] }',
      ['spec.tcp[0].match[0].destinationSubnets[0]: x is not a valid IP'],
    ],
    [
      '{ hosts: [ cart.example.com ], tcp: [ { match: [ { gateways: [ a_b ] } ], route: [ { destination: { host: cart } } ] } ] }',
      [
        'spec.tcp[0].match[0].gateways[0]: domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ "*" ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*.b", "*.c" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*.b", "*.c" ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*.b", "*.c" ], gateways: [ ns/gw, mesh ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ 1.2.3.4 ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ 1.2.3.4 ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ 1.2.3.4 ], gateways: [ ns/gw, mesh ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*foo.com" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*foo.com" ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*foo.com" ], gateways: [ ns/gw, mesh ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*-x.com" ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*-x.com" ], gateways: [ ns/gw ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ "*-x.com" ], gateways: [ ns/gw, mesh ], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [], http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ http: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ] } ], route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ cart.example.com ], tls: [ { match: [ { sniHosts: [ cart.example.com ], destinationSubnets: [ 1.2.3.4 ] } ], route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ cart.example.com ], tcp: [ { route: [ { destination: { host: cart } } ] } ] }',
    '{ hosts: [ cart.example.com ], tcp: [ { match: [ { port: 0 } ], route: [ { destination: { host: cart } } ] } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
