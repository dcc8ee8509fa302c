import { ATTACHMENTS, said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of an AuthorizationPolicy', () => {
  it.each<[string, string[]]>([
    ...ATTACHMENTS,
    [
      '{ provider: { name: x } }',
      [
        'spec.provider: `provider` must not be with non CUSTOM action, found ALLOW',
      ],
    ],
    [
      '{ action: DENY }',
      [
        'spec.rules: DENY action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
      ],
    ],
    [
      '{ provider: { name: x }, action: DENY }',
      [
        'spec.provider: `provider` must not be with non CUSTOM action, found DENY',
        'spec.rules: DENY action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
      ],
    ],
    [
      '{ rules: [ {} ], provider: { name: x }, action: DENY }',
      [
        'spec.provider: `provider` must not be with non CUSTOM action, found DENY',
      ],
    ],
    [
      '{ rules: [ { from: [ {} ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source: `from.source` must not be nil, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: {} } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source: `from.source` must not be empty, found at rule 0',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { principals: [ "" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.principals[0]: empty value not allowed, found in Principals',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { requestPrincipals: [ "*" ] } } ] } ], action: DENY }',
      [
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ "" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.namespaces[0]: empty value not allowed, found in Namespaces',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ 1.2.3.4/33 ] } } ] } ], action: DENY }',
      ['spec.rules[0].from[0].source.ipBlocks[0]: bad CIDR range (1.2.3.4/33)'],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ x ] } } ] } ], action: DENY }',
      ['spec.rules[0].from[0].source.ipBlocks[0]: bad IP address (x)'],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ "" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.ipBlocks[0]: empty value not allowed, found in IpBlocks',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a/b/c ] } } ] } ], action: DENY }',
      [
        "spec.rules[0].from[0].source.serviceAccounts[0]: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\" in ServiceAccounts",
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ "*" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.serviceAccounts[0]: wildcard not allowed, found in ServiceAccounts',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ], namespaces: [ b ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source: cannot set serviceAccounts with namespaces or principals, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: may not have more than 16 values',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a*b ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.trustDomains[0]: wildcard is only allowed at the start or end, found in TrustDomains: "a*b"',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a/b ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.trustDomains[0]: trust domain must not contain \'/\', found in TrustDomains: "a/b"',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { notTrustDomains: [ "*a*" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].from[0].source.notTrustDomains[0]: at most one wildcard is allowed, found in NotTrustDomains: "*a*"',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ {} ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation: `to.operation` must not be nil, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: {} } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation: `to.operation` must not be empty, found at rule 0',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ x ] } } ] } ], action: DENY }',
      ['spec.rules[0].to[0].operation.ports[0]: bad port (x)'],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ "70000" ] } } ] } ], action: DENY }',
      ['spec.rules[0].to[0].operation.ports[0]: bad port (70000)'],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ 80 ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.ports[0]: empty value not allowed, found in Ports',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { methods: [ "" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.methods[0]: empty value not allowed, found in Methods',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { hosts: [ "" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.hosts[0]: empty value not allowed, found in Hosts',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{**}/{*}" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{**}/{*}, found in Paths. {**} is not the last operator',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{x}" ] } } ] } ], action: DENY }',
      [
        "spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{x}, found in Paths. Contains '{' or '}' beyond a supported path template",
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{*}/b*" ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{*}/b*, found in Paths. Contains segment b* with invalid string literal',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a{*}" ] } } ] } ], action: DENY }',
      [
        "spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a{*}, found in Paths. Contains '{' or '}' beyond a supported path template",
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/{*}/ " ] } } ] } ], action: DENY }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path {*}/ , found in Paths. Contains segment   with invalid string literal',
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { notPaths: [ "{" ] } } ] } ], action: DENY }',
      [
        "spec.rules[0].to[0].operation.notPaths[0]: invalid or unsupported path {, found in NotPaths. Contains '{' or '}' beyond a supported path template",
        'warning spec.rules[0]: configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port',
      ],
    ],
    [
      '{ provider: { name: x }, action: X }',
      ['spec.provider: `provider` must not be with non CUSTOM action, found X'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('AuthorizationPolicy', spec)).toEqual(expected);
  });

  it.each([
    '{ targetRefs: [ { group: core, kind: Service, name: x } ] }',
    '{ targetRefs: [ { group: gateway.networking.k8s.io, kind: GatewayClass, name: x } ] }',
    '{ targetRef: { kind: Service, name: x } }',
    '{}',
    '{ rules: [ {} ] }',
    '{ rules: [], action: ALLOW }',
    '{ rules: [ {} ], action: DENY }',
    '{ rules: [ { from: [ { source: { principals: [ a ] } } ] } ], action: DENY }',
    '{ rules: [ { from: [ { source: { ipBlocks: [ 1.2.3.4 ] } } ] } ], action: DENY }',
    '{ rules: [ { from: [ { source: { remoteIpBlocks: [ ::/0 ] } } ] } ], action: DENY }',
    '{ rules: [ { to: [] } ], action: DENY }',
    '{ rules: [ { to: [ { operation: { ports: [ "0" ] } } ] } ], action: DENY }',
  ])('nothing: %s', spec => {
    expect(said('AuthorizationPolicy', spec)).toEqual([]);
  });
});
