import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of mirroring in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirror: { host: "*" } } ] }',
      ['spec.http[0].mirror.host: invalid destination host *'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirror: {} } ] }',
      ['spec.http[0].mirror.host: empty domain name not allowed'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrorPercent: 50 } ] }',
      [
        'warning spec.http[0].mirrorPercent: using deprecated setting "mirrorPercent", use "mirrorPercentage" instead',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirror_percent: 101 } ] }',
      [
        'spec.http[0].mirror_percent: mirror_percent must have a max value of 100 (it has 101)',
        'warning spec.http[0].mirror_percent: using deprecated setting "mirrorPercent", use "mirrorPercentage" instead',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrorPercent: 101, mirror: { host: x } } ] }',
      [
        'spec.http[0].mirrorPercent: mirror_percent must have a max value of 100 (it has 101)',
        'warning spec.http[0].mirrorPercent: using deprecated setting "mirrorPercent", use "mirrorPercentage" instead',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrorPercentage: { value: 101 } } ] }',
      [
        'spec.http[0].mirrorPercentage.value: mirror_percentage must have a max value of 100 (it has 101.000000)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrorPercentage: { value: -1 } } ] }',
      [
        'spec.http[0].mirrorPercentage.value: mirror_percentage must have a min value of 0 (it has -1.000000)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrors: [ {} ] } ] }',
      [
        'spec.http[0].mirrors[0].destination: destination is required for mirrors',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrors: [ { destination: { host: x }, percentage: { value: 101 } } ] } ] }',
      [
        'spec.http[0].mirrors[0].percentage.value: mirror percentage must have a max value of 100 (it has 101.000000)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrors: [ { destination: { host: x } } ], mirror: { host: y } } ] }',
      [
        'spec.http[0].mirrors: HTTP route cannot contain both mirror and mirrors',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirrors: [ { destination: { host: "" } } ] } ] }',
      [
        'spec.http[0].mirrors[0].destination.host: empty domain name not allowed',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], mirror: { host: x } } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
