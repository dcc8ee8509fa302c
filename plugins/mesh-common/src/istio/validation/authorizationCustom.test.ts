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
        'spec.rules[0].from[0].source.principals: From.Principals is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { principals: [ "" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.principals: From.Principals is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.principals[0]: empty value not allowed, found in Principals',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { requestPrincipals: [ "*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.requestPrincipals: From.RequestPrincipals is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ "" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: From.Namespaces is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.namespaces[0]: empty value not allowed, found in Namespaces',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: From.ServiceAccounts is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a/b/c ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: From.ServiceAccounts is currently not supported with CUSTOM action',
        "spec.rules[0].from[0].source.serviceAccounts[0]: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\" in ServiceAccounts",
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ "*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: From.ServiceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts[0]: wildcard not allowed, found in ServiceAccounts',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ a ], namespaces: [ b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: From.Namespaces is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts: From.ServiceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source: cannot set serviceAccounts with namespaces or principals, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { serviceAccounts: [ x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.serviceAccounts: From.ServiceAccounts is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.serviceAccounts: may not have more than 16 values',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: From.TrustDomains is currently not supported with CUSTOM action',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a*b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: From.TrustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.trustDomains[0]: wildcard is only allowed at the start or end, found in TrustDomains: "a*b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { trustDomains: [ a/b ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.trustDomains: From.TrustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.trustDomains[0]: trust domain must not contain \'/\', found in TrustDomains: "a/b"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { notTrustDomains: [ "*a*" ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.notTrustDomains: From.NotTrustDomains is currently not supported with CUSTOM action',
        'spec.rules[0].from[0].source.notTrustDomains[0]: at most one wildcard is allowed, found in NotTrustDomains: "*a*"',
      ],
    ],
    [
      '{ rules: [ { from: [ { source: { namespaces: [ a ] } } ], to: [ { operation: { methods: [ GET ] } } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].from[0].source.namespaces: From.Namespaces is currently not supported with CUSTOM action',
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
        'spec.rules[0].when[0].key: invalid `value` for `key` request.auth.claims: bad key (request.auth.claims): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.principal, values: [ "" ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.principal is currently not supported with CUSTOM action',
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` source.principal: empty value not allowed, found in source.principal',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.serviceAccount, values: [ a/b/c ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.serviceAccount is currently not supported with CUSTOM action',
        "spec.rules[0].when[0].values[0]: invalid `value` for `key` source.serviceAccount: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\" in source.serviceAccount",
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.trustDomain, values: [ a*b ] } ] } ], provider: { name: x }, action: CUSTOM }',
      [
        'spec.rules[0].when[0].key: source.trustDomain is currently not supported with CUSTOM action',
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` source.trustDomain: wildcard is only allowed at the start or end, found in source.trustDomain: "a*b"',
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
