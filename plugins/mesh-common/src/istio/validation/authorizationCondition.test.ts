import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of authorization condition in an AuthorizationPolicy', () => {
  it.each<[string, string[]]>([
    [
      '{ rules: [ { when: [ {} ] } ] }',
      ['spec.rules[0].when[0].key: `key` must not be empty'],
    ],
    [
      '{ rules: [ { when: [ { key: source.ip } ] } ] }',
      [
        'spec.rules[0].when[0]: at least one of `values` or `notValues` must be set for key source.ip',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.ip, values: [ x ] } ] } ] }',
      [
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` source.ip: bad IP address (x)',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.ip, notValues: [ 1.2.3.4/40 ] } ] } ] }',
      [
        'spec.rules[0].when[0].notValues[0]: invalid `notValue` for `key` source.ip: bad CIDR range (1.2.3.4/40)',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: request.headers, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` request.headers: bad key (request.headers): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: "request.headers[]", values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` request.headers[]: bad key (request.headers[]): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: request.auth.claims, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` request.auth.claims: bad key (request.auth.claims): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: foo, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` foo: unknown attribute: foo',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: "destination.labels[x]", values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` destination.labels[x]: attribute destination.labels[x] is replaced by the workload selector',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: destination.name, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` destination.name: deprecated attribute destination.name: only supported in v1alpha1',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: destination.namespace, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` destination.namespace: attribute destination.namespace is replaced by the metadata.namespace',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: destination.port, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` destination.port: bad port (a)',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.principal, values: [ "" ] } ] } ] }',
      [
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` source.principal: empty value not allowed, found in source.principal',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.serviceAccount, values: [ a/b/c ] } ] } ] }',
      [
        "spec.rules[0].when[0].values[0]: invalid `value` for `key` source.serviceAccount: expected format 'serviceAccount' or 'namespace/serviceAccount', found \"a/b/c\" in source.serviceAccount",
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.trustDomain, values: [ a*b ] } ] } ] }',
      [
        'spec.rules[0].when[0].values[0]: invalid `value` for `key` source.trustDomain: wildcard is only allowed at the start or end, found in source.trustDomain: "a*b"',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: experimental.envoy.filters.a, values: [ a ] } ] } ] }',
      [
        'spec.rules[0].when[0].key: invalid `value` for `key` experimental.envoy.filters.a: bad key (experimental.envoy.filters.a): should have format a[b]',
      ],
    ],
    [
      '{ rules: [ { when: [ { key: source.namespace, values: [] } ] } ] }',
      [
        'spec.rules[0].when[0]: at least one of `values` or `notValues` must be set for key source.namespace',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('AuthorizationPolicy', spec)).toEqual(expected);
  });

  it.each([
    '{ rules: [ { when: [ { key: source.ip, values: [ 1.2.3.4 ] } ] } ] }',
    '{ rules: [ { when: [ { key: "request.headers[x]", values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: "request.auth.claims[a][b]", values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: destination.port, values: [ "80" ] } ] } ] }',
    '{ rules: [ { when: [ { key: source.trustDomain, values: [ a/b ] } ] } ] }',
    '{ rules: [ { when: [ { key: connection.sni, values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: "experimental.envoy.filters.a[b]", values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: "request.headersX[y]", values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: remote.ip, values: [ 1.2.3.4 ] } ] } ] }',
    '{ rules: [ { when: [ { key: request.auth.principal, values: [ a ] } ] } ] }',
    '{ rules: [ { when: [ { key: source.ip, values: [ 1.2.3.4 ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: "request.headers[x]", values: [ a ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: "request.auth.claims[a][b]", values: [ a ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: destination.port, values: [ "80" ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: source.trustDomain, values: [ a/b ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: connection.sni, values: [ a ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: "experimental.envoy.filters.a[b]", values: [ a ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: "request.headersX[y]", values: [ a ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: remote.ip, values: [ 1.2.3.4 ] } ] } ], action: ALLOW }',
    '{ rules: [ { when: [ { key: request.auth.principal, values: [ a ] } ] } ], action: ALLOW }',
  ])('nothing: %s', spec => {
    expect(said('AuthorizationPolicy', spec)).toEqual([]);
  });
});
