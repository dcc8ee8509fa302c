import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of retries in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: -1 } } ] }',
      ['spec.http[0].retries.attempts: attempts cannot be negative'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 0, perTryTimeout: 1s } } ] }',
      [
        'spec.http[0].retries: http retry policy configured when attempts are set to 0 (disabled)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, perTryTimeout: 0s } } ] }',
      ['spec.http[0].retries.perTryTimeout: duration must be greater than 1ms'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "5xx, reset" } } ] }',
      ['spec.http[0].retries.retryOn: " reset" is not a valid retryOn policy'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, backoff: x } } ] }',
      [
        'spec.http[0].retries.backoff: "x" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "100,226,308,431,451,511,104,419,509,420,427,430,430" } } ] }',
      [
        'spec.http[0].retries.retryOn: "104" is not a valid retryOn policy',
        'spec.http[0].retries.retryOn: "419" is not a valid retryOn policy',
        'spec.http[0].retries.retryOn: "509" is not a valid retryOn policy',
        'spec.http[0].retries.retryOn: "420" is not a valid retryOn policy',
        'spec.http[0].retries.retryOn: "427" is not a valid retryOn policy',
        'spec.http[0].retries.retryOn: "430" is not a valid retryOn policy',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 0 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "5xx,reset" } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "503" } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "0503" } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: {} } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], retries: { attempts: 3, retryOn: "" } } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
