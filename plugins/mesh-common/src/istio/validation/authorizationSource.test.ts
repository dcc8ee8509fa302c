import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of authorization source in an AuthorizationPolicy', () => {
  it.each<[string, string[]]>([
    [
      '{ rules: [ { from: [ {} ] } ] }',
      [
        'spec.rules[0].from[0].source: `from.source` must not be nil, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: {} } ] } ] }',
      [
        'spec.rules[0].from[0].source: `from.source` must not be empty, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { principals: [ "" ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.principals[0]: empty value not allowed, found in Principals',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ "" ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.namespaces[0]: empty value not allowed, found in Namespaces',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ 1.2.3.4/33 ] } } ] } ] }',
      ['spec.rules[0].from[0].source.ipBlocks[0]: bad CIDR range (1.2.3.4/33)'],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ x ] } } ] } ] }',
      ['spec.rules[0].from[0].source.ipBlocks[0]: bad IP address (x)'],
    ],
    [
      '{ rules: [ { from: [ { source: { ipBlocks: [ "" ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.ipBlocks[0]: empty value not allowed, found in IpBlocks',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a/b/c ] } } ] } ] }',
      [
        "spec.rules[0].from[0].source.serviceAccounts[0]: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\" in ServiceAccounts",
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ "*" ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.serviceAccounts[0]: wildcard not allowed, found in ServiceAccounts',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ], namespaces: [ b ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source: cannot set serviceAccounts with namespaces or principals, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: may not have more than 16 values',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a*b ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.trustDomains[0]: wildcard is only allowed at the start or end, found in TrustDomains: "a*b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a/b ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.trustDomains[0]: trust domain must not contain \'/\', found in TrustDomains: "a/b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { notTrustDomains: [ "*a*" ] } } ] } ] }',
      [
        'spec.rules[0].from[0].source.notTrustDomains[0]: at most one wildcard is allowed, found in NotTrustDomains: "*a*"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('AuthorizationPolicy', spec)).toEqual(expected);
  });

  it.each([
    '{ rules: [ { from: [] } ] }',
    '{ rules: [ { from: [ { source: { principals: [ cluster.local/ns/a/sa/b ] } } ] } ] }',
    '{ rules: [ { from: [ { source: { ipBlocks: [ 1.2.3.4 ] } } ] } ] }',
    '{ rules: [ { from: [ { source: { remoteIpBlocks: [ ::/0 ] } } ] } ] }',
    '{ rules: [ { from: [ { source: { trustDomains: [ a ] } } ] } ] }',
    '{ rules: [ { from: [ { source: { requestPrincipals: [ a ] } } ], to: [ { operation: { ports: [ "80" ] } } ] } ] }',
    '{ rules: [ { from: [ { source: { principals: [ a ] } } ] } ], action: ALLOW }',
    '{ rules: [ { from: [ { source: { requestPrincipals: [ "*" ] } } ] } ], action: ALLOW }',
    '{ rules: [ { from: [ { source: { ipBlocks: [ 10.0.0.0/8 ], notIpBlocks: [ 10.1.0.0/16 ] } } ] } ], action: ALLOW }',
    '{ rules: [ { from: [ { source: { serviceAccounts: [ a ] } } ] } ], action: ALLOW }',
    '{ rules: [ { from: [ { source: { namespaces: [ a ] } } ], to: [ { operation: { methods: [ GET ] } } ] } ], action: ALLOW }',
  ])('nothing: %s', spec => {
    expect(said('AuthorizationPolicy', spec)).toEqual([]);
  });
});
