import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of an EnvoyFilter', () => {
  it.each<[string, string[]]>([
    [
      '{ workloadSelector: {} }',
      [
        'warning spec.workloadSelector: Envoy filter: workload selector specified without labels, will be applied to all services in namespace',
      ],
    ],
    [
      '{ workloadSelector: { labels: { a: "*" } } }',
      [
        'spec.workloadSelector.labels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ configPatches: [ {} ] }',
      ['spec.configPatches[0].applyTo: Envoy filter: missing applyTo'],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER } ] }',
      ['spec.configPatches[0].patch: Envoy filter: missing patch'],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, patch: {} } ] }',
      [
        'spec.configPatches[0].patch.operation: Envoy filter: missing patch operation',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, patch: { operation: ADD } } ] }',
      [
        'spec.configPatches[0].patch.value: Envoy filter: missing patch value for non-remove operation',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: HTTP_FILTER, patch: { operation: ADD, value: { name: x, typed_config: { a: b } } } } ] }',
      [
        "spec.configPatches[0].patch.value.typed_config: Envoy filter: Any JSON doesn't have '@type'",
      ],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, match: { listener: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match: Envoy filter: applyTo for cluster class objects cannot have non cluster match',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: LISTENER, match: { cluster: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match: Envoy filter: applyTo for listener class objects cannot have non listener match',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: HTTP_ROUTE, match: { listener: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match: Envoy filter: applyTo for http route class objects cannot have non route configuration match',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: NETWORK_FILTER, match: { listener: { filterChain: { filter: {} } } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match.listener.filterChain.filter.name: Envoy filter: filter match has no name to match on',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: NETWORK_FILTER, match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match.listener.filterChain.filter.subFilter: Envoy filter: subfilter match can be used with applyTo HTTP_FILTER only',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: HTTP_FILTER, match: { listener: { filterChain: { filter: { name: a, subFilter: { name: b } } } } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match.listener.filterChain.filter.name: Envoy filter: subfilter match requires filter match with envoy.filters.network.http_connection_manager',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: HTTP_FILTER, match: { listener: { filterChain: { filter: { name: envoy.filters.network.http_connection_manager, subFilter: {} } } } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match.listener.filterChain.filter.subFilter.name: Envoy filter: subfilter match has no name to match on',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: LISTENER, match: { listener: { filterChain: { filter: { name: a } } } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'warning spec.configPatches[0].match.listener.filterChain.filter: Envoy filter: filter match has no effect when used with LISTENER',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, match: { context: WAYPOINT }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match: only support waypointMatch when context is WAYPOINT',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, match: { waypoint: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match: only support waypointMatch when context is WAYPOINT',
        'spec.configPatches[0].match: Envoy filter: applyTo for cluster class objects cannot have non cluster match',
      ],
    ],
    [
      '{ configPatches: [ { applyTo: CLUSTER, match: { proxy: { proxyVersion: ( } }, patch: { operation: ADD, value: { name: x } } } ] }',
      [
        'spec.configPatches[0].match.proxy.proxyVersion: Envoy filter: invalid regex for proxy version',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('EnvoyFilter', spec)).toEqual(expected);
  });

  it.each([
    '{}',
    '{ configPatches: [] }',
    '{ configPatches: [ { applyTo: CLUSTER, patch: { operation: ADD, value: { name: x } } } ] }',
    '{ configPatches: [ { applyTo: CLUSTER, patch: { operation: REMOVE } } ] }',
    '{ configPatches: [ { applyTo: CLUSTER, match: { cluster: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
    '{ configPatches: [ { applyTo: HTTP_ROUTE, match: { routeConfiguration: {} }, patch: { operation: MERGE, value: {} } } ] }',
    '{ configPatches: [ { applyTo: CLUSTER, match: { context: WAYPOINT, waypoint: {} }, patch: { operation: ADD, value: { name: x } } } ] }',
    '{ configPatches: [ { applyTo: CLUSTER, match: { proxy: { proxyVersion: ^1\\.2 } }, patch: { operation: ADD, value: { name: x } } } ] }',
    '{ configPatches: [ { applyTo: BOOTSTRAP, patch: { operation: MERGE, value: {} } } ] }',
  ])('nothing: %s', spec => {
    expect(said('EnvoyFilter', spec)).toEqual([]);
  });
});
