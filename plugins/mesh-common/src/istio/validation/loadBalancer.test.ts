import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of load balancer in a DestinationRule', () => {
  it.each<[string, string[]]>([
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: {} } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.name: name required for HttpCookie',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: a, ttl: x } } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl: "x" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, minimumRingSize: 5 } } } }',
      [
        "warning spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize: consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 4 } } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize: tableSize must be a prime number for maglev',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: {} } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize: tableSize must be set for maglev',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 5000011 } } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.maglev.tableSize: tableSize must be less than 5000011 for maglev',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, ringHash: {}, minimumRingSize: 1 } } } }',
      [
        "warning spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize: consistent hash MinimumRingSize is deprecated, use ConsistentHashLB's RingHash configuration instead",
        'spec.trafficPolicy.loadBalancer.consistentHash.minimumRingSize: only one of MinimumRingSize or Maglev/Ringhash can be specified',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: a, attributes: [ { name: x }, { name: x } ] } } } } }',
      [
        'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes[1].name: duplicate cookie attribute name: x',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { warmup: {} } } }',
      ['spec.trafficPolicy.loadBalancer.warmup.duration: duration is required'],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { warmup: { duration: 0s } } } }',
      [
        'spec.trafficPolicy.loadBalancer.warmup.duration: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { warmup: { duration: 1s, minimumPercent: 101 } } } }',
      [
        'spec.trafficPolicy.loadBalancer.warmup.minimumPercent: minimumPercent value should be less than or equal to 100',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { warmup: { duration: 1s, aggression: 0 } } } }',
      [
        'spec.trafficPolicy.loadBalancer.warmup.aggression: aggression should be greater than 0',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a, to: { a: 50 } } ] } } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to: total locality weight 50 != 100',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a, to: { a: 50, a/b: 50 } } ] } } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to: locality a/b overlap with previous specified ones',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a*b, to: { a: 100 } } ] } } } }',
      [
        "spec.trafficPolicy.loadBalancer.localityLbSetting.distribute: locality a*b wildcard '*' number can not exceed 1 and must be in the end",
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a//b, to: { a: 100 } } ] } } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute: locality a//b must not contain empty region/zone/subzone info',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a, to: { a: 100 } }, { from: a/*, to: { a: 100 } } ] } } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute: locality a/* overlap with previous specified ones',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a, to: { a: 0, b: 100 } } ] } } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to.a: locality weight must be in range [1, 100]',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: b } ] } } } }',
      [
        'warning spec.trafficPolicy.loadBalancer.localityLbSetting: outlier detection policy must be provided for failover',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: a } ] } } } }',
      [
        'warning spec.trafficPolicy.loadBalancer.localityLbSetting: outlier detection policy must be provided for failover',
        'spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover settings must specify different regions',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: a } ] } }, outlierDetection: { interval: 1s } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover settings must specify different regions',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a/b, to: c } ] } } } }',
      [
        'warning spec.trafficPolicy.loadBalancer.localityLbSetting: outlier detection policy must be provided for failover',
        'spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover only specify region',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a/b, to: c } ] } }, outlierDetection: { interval: 1s } } }',
      [
        'spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover only specify region',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: "*", to: c } ] } } } }',
      [
        'warning spec.trafficPolicy.loadBalancer.localityLbSetting: outlier detection policy must be provided for failover',
        "spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover region should not contain '*' wildcard",
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: "*", to: c } ] } }, outlierDetection: { interval: 1s } } }',
      [
        "spec.trafficPolicy.loadBalancer.localityLbSetting.failover[0]: locality lb failover region should not contain '*' wildcard",
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: b } ], distribute: [ { from: a, to: { a: 100 } } ] } } } }',
      [
        "spec.trafficPolicy.loadBalancer.localityLbSetting: can not simultaneously specify 'distribute' and 'failover'",
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: b } ], failoverPriority: [ topology.kubernetes.io/region ] } } } }',
      [
        "spec.trafficPolicy.loadBalancer.localityLbSetting.failoverPriority[0]: can not simultaneously set 'failover' and topology label 'topology.kubernetes.io/region' in 'failover_priority'",
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: cart, trafficPolicy: { loadBalancer: {} } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { simple: RANDOM } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { simple: LEAST_CONN } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: {} } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpCookie: { name: a, ttl: 0s } } } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 65537 } } } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { warmupDurationSecs: 1s, simple: ROUND_ROBIN } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: {} } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a, to: { a: 100 } } ] } } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { distribute: [ { from: a/b, to: { a: 100 } }, { from: a/c, to: { a: 100 } } ] } } } }',
    '{ host: cart, trafficPolicy: { loadBalancer: { localityLbSetting: { failover: [ { from: a, to: b } ] } }, outlierDetection: { interval: 1s } } }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
