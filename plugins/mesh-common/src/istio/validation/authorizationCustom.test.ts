import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of authorization custom in an AuthorizationPolicy', () => {
  it.each<[string, string[]]>([
    [
      '{ action: CUSTOM }',
      [
        'spec.rules: CUSTOM action without `rules` is meaningless as it will never be triggered, add an empty rule `{}` if you want it be triggered for every request',
      ],
    ],
    [
      '{ rules: [ {} ], action: CUSTOM }',
      ['spec.provider.name: `provider.name` must not be empty'],
    ],
    [
      '{ rules: [ { from: [ { source: { principals: [ a ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.principals: principals is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { principals: [ "" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.principals: principals is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.principals[0]: empty value not allowed, found in principals',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { requestPrincipals: [ "*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.requestPrincipals: requestPrincipals is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ "" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: namespaces is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.namespaces[0]: empty value not allowed, found in namespaces',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: serviceAccounts is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a/b/c ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: serviceAccounts is currently not supported with CUSTOM action',
        "spec.rules[0].from[0].source.serviceAccounts[0]: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\"",
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ "*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: serviceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts[0]: wildcard not allowed, found in spec.rules[0].from[0].source.serviceAccounts',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ], namespaces: [ b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: namespaces is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts: serviceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source: Cannot set serviceAccounts with namespaces or principals, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: serviceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts: may not have more than 16 values',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: trustDomains is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a*b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: trustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.trustDomains[0]: wildcard is only allowed at the start or end, found in trustDomains: "a*b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a/b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: trustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.trustDomains[0]: trust domain must not contain \'/\', found in trustDomains: "a/b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { notTrustDomains: [ "*a*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.notTrustDomains: notTrustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.notTrustDomains[0]: at most one wildcard is allowed, found in notTrustDomains: "*a*"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ a ] } } ], to: [ { operation: { methods: [ GET ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: namespaces is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: "request.auth.claims[a][b]", values: [ a ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: request.auth.claims[a][b] is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: request.auth.claims, values: [ a ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: request.auth.claims is currently not supported with CUSTOM action',
        'spec.rules[0].when[0].key: bad key (request.auth.claims): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.principal, values: [ "" ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.principal is currently not supported with CUSTOM action',
        'spec.rules[0].when[0].values[0]: empty value not allowed, found in source.principal',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.serviceAccount, values: [ a/b/c ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.serviceAccount is currently not supported with CUSTOM action',
        "spec.rules[0].when[0].values[0]: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\"",
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.trustDomain, values: [ a*b ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.trustDomain is currently not supported with CUSTOM action',
        'spec.rules[0].when[0].values[0]: wildcard is only allowed at the start or end, found in source.trustDomain: "a*b"',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.trustDomain, values: [ a/b ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.trustDomain is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: request.auth.principal, values: [ a ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: request.auth.principal is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.namespace, values: [] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.namespace is currently not supported with CUSTOM action',
        'spec.rules[0].when[0]: at least one of `values` or `notValues` must be set for key source.namespace',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('AuthorizationPolicy', spec)).toEqual(expected);
  });
});
