import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of outlier detection in a DestinationRule', () => {
  it.each<[string, string[]]>([
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { interval: 0s } } }',
      [
        'spec.trafficPolicy.outlierDetection.interval: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { interval: x } } }',
      [
        'spec.trafficPolicy.outlierDetection.interval: "x" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { baseEjectionTime: 0s } } }',
      [
        'spec.trafficPolicy.outlierDetection.baseEjectionTime: duration must be greater than 1ms',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { consecutiveErrors: 5 } } }',
      [
        'warning spec.trafficPolicy.outlierDetection.consecutiveErrors: outlier detection consecutive errors is deprecated, use consecutiveGatewayErrors or consecutive5xxErrors instead',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { maxEjectionPercent: 101 } } }',
      [
        'spec.trafficPolicy.outlierDetection.maxEjectionPercent: percentage 101 is not in range 0..100',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { maxEjectionPercent: -1 } } }',
      [
        'spec.trafficPolicy.outlierDetection.maxEjectionPercent: percentage -1 is not in range 0..100',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { minHealthPercent: 101 } } }',
      [
        'spec.trafficPolicy.outlierDetection.minHealthPercent: percentage 101 is not in range 0..100',
      ],
    ],
    [
      '{ host: cart, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 5 } } }',
      [
        'spec.trafficPolicy.outlierDetection.consecutiveLocalOriginFailures: outlier detection consecutive local origin failures is specified, but split external local origin errors is set to false',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: cart, trafficPolicy: { outlierDetection: {} } }',
    '{ host: cart, trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5 } } }',
    '{ host: cart, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true } } }',
    '{ host: cart, trafficPolicy: { outlierDetection: { consecutiveLocalOriginFailures: 0 } } }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
