import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of cors policy in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowOrigins: [ { exact: "" } ] } } ] }',
      [
        "spec.http[0].corsPolicy.allowOrigins[0]: '' is not a valid match type for CORS allow origins",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowOrigins: [ { regex: ( } ] } } ] }',
      [
        'spec.http[0].corsPolicy.allowOrigins[0].regex: "corsPolicy.allowOrigins": error parsing regexp: missing closing ): `(`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowMethods: [ get ] } } ] }',
      [
        'spec.http[0].corsPolicy.allowMethods[0]: "get" is not a supported HTTP method',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowHeaders: [ a b ] } } ] }',
      [
        'spec.http[0].corsPolicy.allowHeaders[0]: header name a b is not a valid header name',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { exposeHeaders: [ "" ] } } ] }',
      ['spec.http[0].corsPolicy.exposeHeaders[0]: header name cannot be empty'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { maxAge: 1.5s } } ] }',
      [
        'spec.http[0].corsPolicy.maxAge: max_age duration is accurate only to seconds precision',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { maxAge: 0s } } ] }',
      ['spec.http[0].corsPolicy.maxAge: duration must be greater than 1ms'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: {} } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowOrigins: [ { exact: "*" } ] } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowMethods: [ GET, "*" ] } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowHeaders: [ "*" ] } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { maxAge: 24h } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], corsPolicy: { allowOrigin: [ "*" ] } } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
