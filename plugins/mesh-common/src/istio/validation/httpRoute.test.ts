import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of http route in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: banana } ] }',
      [
        'spec.http[0].timeout: "banana" is not a duration such as 1h30m, 5s or 100ms',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 0s } ] }',
      ['spec.http[0].timeout: duration must be greater than 1ms'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 1500us } ] }',
      ['spec.http[0].timeout: only durations to ms precision are supported'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 5 } ] }',
      [
        'spec.http[0].timeout: 5 is not a duration: write it as a text, such as 1.5s',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: -5 } ] } ] }',
      ['spec.http[0].route[0].weight: weight -5 < 0'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: 0 }, { destination: { host: cart }, weight: 0 } ] } ] }',
      ['spec.http[0].route: total destination weight = 0'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: 100 }, { destination: { host: cart }, weight: -100 } ] } ] }',
      [
        'spec.http[0].route[1].weight: weight -100 < 0',
        'spec.http[0].route: total destination weight = 0',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: {} } ] } ] }',
      ['spec.http[0].route[0].destination.host: empty domain name not allowed'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: "*" } } ] } ] }',
      ['spec.http[0].route[0].destination.host: invalid destination host *'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: a_b } } ] } ] }',
      [
        'spec.http[0].route[0].destination.host: domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: 1.2.3.4 } } ] } ] }',
      [
        'spec.http[0].route[0].destination.host: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart, port: { number: 0 } } } ] } ] }',
      [
        'spec.http[0].route[0].destination.port.number: port number 0 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart, subset: v_1 } } ] } ] }',
      ['spec.http[0].route[0].destination.subset: subset name is invalid: v_1'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], delegate: { name: x } } ] }',
      ['spec.http[0].route: root HTTP route  must not specify route'],
    ],
    [
      '{ http: [ { delegate: { name: x } } ] }',
      [
        'spec.http[0].delegate: delegate HTTP route cannot contain delegate',
        'spec.http[0]: HTTP route, redirect or direct_response is required',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ {} ] }',
      ['spec.http[0]: HTTP route, redirect or direct_response is required'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 1s } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 1.5s } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 1h30m } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], timeout: 1ms } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: 0 } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: 1 }, { destination: { host: cart }, weight: 0 } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, weight: 50 }, { destination: { host: cart }, weight: 60 } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: "*.foo" } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart, subset: V1 } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart. } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ gw ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ ns/gw ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ NS/gw ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], gateways: [ mesh ] }',
    '{ hosts: [ cart.example.com ], http: [ { delegate: { name: x } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ . ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ "*" ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], exportTo: [ A ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ] } ], tcp: [ { route: [ { destination: { host: cart } } ] } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
