import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of http actions in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [], redirect: { uri: /a } } ] }',
      [],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: {} } ] }',
      [
        'spec.http[0].redirect: redirect must specify URI, authority, scheme, or port',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: {} } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and redirect',
        'spec.http[0].redirect: redirect must specify URI, authority, scheme, or port',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: { uri: /a } } ] }',
      ['spec.http[0].route: HTTP route cannot contain both route and redirect'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: /a, prefixRewrite: /b } } ] }',
      [
        'spec.http[0].redirect: redirect may only specify one of uri or prefix_rewrite',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: { uri: /a, prefixRewrite: /b } } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and redirect',
        'spec.http[0].redirect: redirect may only specify one of uri or prefix_rewrite',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: /a, redirectCode: 200 } } ] }',
      [
        'spec.http[0].redirect.redirectCode: 200 is not a valid redirect code, must be 3xx',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: { uri: /a, redirectCode: 200 } } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and redirect',
        'spec.http[0].redirect.redirectCode: 200 is not a valid redirect code, must be 3xx',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: /a, scheme: ftp } } ] }',
      [
        'spec.http[0].redirect.scheme: invalid redirect scheme, must be "http" or "https"',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: { uri: /a, scheme: ftp } } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and redirect',
        'spec.http[0].redirect.scheme: invalid redirect scheme, must be "http" or "https"',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { port: 70000 } } ] }',
      [
        'spec.http[0].redirect.port: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], redirect: { port: 70000 } } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and redirect',
        'spec.http[0].redirect.port: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { directResponse: {} } ] }',
      [
        'spec.http[0].directResponse.status: HTTP status 0 is not in range 200-599',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], directResponse: { status: 200 } } ] }',
      [
        'spec.http[0].route: HTTP route cannot contain both route and direct_response',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: / }, directResponse: { status: 200 } } ] }',
      [
        'spec.http[0].directResponse: HTTP route rule cannot contain both direct_response and redirect',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: / }, rewrite: { uri: / } } ] }',
      [
        'spec.http[0].rewrite: HTTP route rule cannot contain both rewrite and redirect',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: {} } ] }',
      [
        'spec.http[0].rewrite: rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { uri: /a, uriRegexRewrite: { match: a, rewrite: b } } } ] }',
      [
        'spec.http[0].rewrite: rewrite may only contain one of URI or UriRegexRewrite',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { uriRegexRewrite: { match: a } } } ] }',
      [
        'spec.http[0].rewrite.uriRegexRewrite: UriRegexRewrite requires both Rewrite and Match fields to be specified',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { uriRegexRewrite: { match: (, rewrite: b } } } ] }',
      [
        'spec.http[0].rewrite.uriRegexRewrite.match: "uriRegexRewrite.match": error parsing regexp: missing closing ): `(`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { authority: a }, headers: { request: { set: { host: b } } } } ] }',
      [
        'spec.http[0].headers.request.set.host: authority header cannot be set multiple times: have "a", attempting to set "b"',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { delegate: { name: x }, redirect: { uri: / } } ] }',
      ['spec.http[0].redirect: root HTTP route  must not specify redirect'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: /a } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { uri: /a, redirectCode: 399 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { scheme: https } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { port: 80 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { port: 0 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { derivePort: FROM_REQUEST_PORT } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { authority: a } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { directResponse: { status: 200 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { directResponse: { status: 600 } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { directResponse: { status: 200, body: {} } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { uri: /a } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], rewrite: { authority: b } } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
