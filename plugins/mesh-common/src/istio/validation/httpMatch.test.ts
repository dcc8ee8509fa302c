import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of http match in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { regex: "" } } ] } ] }',
      [
        'spec.http[0].match[0].uri.regex: "uri": regex string match should not be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { regex: ( } } ] } ] }',
      [
        'spec.http[0].match[0].uri.regex: "uri": error parsing regexp: missing closing ): `(`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { regex: (?=a) } } ] } ] }',
      [
        'spec.http[0].match[0].uri.regex: "uri": error parsing regexp: invalid or unsupported Perl syntax: `(?=`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { regex: (a)\\1 } } ] } ] }',
      [
        'spec.http[0].match[0].uri.regex: "uri": error parsing regexp: invalid escape sequence: `\\1`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { a b: { exact: x } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.a b: header name a b is not a valid header name',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { "": { exact: x } } } ] } ] }',
      ['spec.http[0].match[0].headers.: header name cannot be empty'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { x: { prefix: "" } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.x.prefix: "headers": prefix string match should not be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { x: { regex: "*" } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.x.regex: "headers": error parsing regexp: missing argument to repetition operator: `*`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { :foo: { exact: x } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.:foo: header name :foo is not a valid header name',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { "@request.auth.claims.sub": { exact: x } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.@request.auth.claims.sub: JWT claim based routing (key: @request.auth.claims.sub) is only supported for gateway, found no gateways: []',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { method: { prefix: "" } } ] } ] }',
      [
        'spec.http[0].match[0].method.prefix: "method": prefix string match should not be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { scheme: { regex: "*" } } ] } ] }',
      [
        'spec.http[0].match[0].scheme.regex: "scheme": error parsing regexp: missing argument to repetition operator: `*`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { authority: { prefix: "" } } ] } ] }',
      [
        'spec.http[0].match[0].authority.prefix: "authority": prefix string match should not be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { queryParams: { q: { prefix: "" } } } ] } ] }',
      [
        'spec.http[0].match[0].queryParams.q.prefix: "queryParams": prefix string match should not be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { queryParams: { q: { regex: ( } } } ] } ] }',
      [
        'spec.http[0].match[0].queryParams.q.regex: "queryParams": error parsing regexp: missing closing ): `(`; Istio uses RE2 style regex-based match (https://github.com/google/re2/wiki/Syntax)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { port: 70000 } ] } ] }',
      [
        'spec.http[0].match[0].port: port number 70000 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { port: -1 } ] } ] }',
      [
        'spec.http[0].match[0].port: port number -1 must be in the range 1..65535',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { sourceLabels: { a b: c } } ] } ] }',
      ['spec.http[0].match[0].sourceLabels.a b: invalid tag key: "a b"'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { sourceLabels: { a: c d } } ] } ] }',
      ['spec.http[0].match[0].sourceLabels.a: invalid tag value: "c d"'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { sourceLabels: { a/b/c: x } } ] } ] }',
      ['spec.http[0].match[0].sourceLabels.a/b/c: invalid tag key: "a/b/c"'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { sourceLabels: { "": x } } ] } ] }',
      ['spec.http[0].match[0].sourceLabels.: invalid tag key: ""'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { sourceNamespace: a_b } ] } ] }',
      [
        'spec.http[0].match[0].sourceNamespace: sourceNamespace match a_b is invalid',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { gateways: [ a_b ] } ] } ] }',
      [
        'spec.http[0].match[0].gateways[0]: domain name "a_b" invalid (label "a_b" invalid)',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { "@request.auth.claims[a]": { exact: x } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.@request.auth.claims[a]: JWT claim based routing (key: @request.auth.claims[a]) is only supported for gateway, found no gateways: []',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { "@request.auth.claims": { exact: x } } } ] } ] }',
      [
        'spec.http[0].match[0].headers.@request.auth.claims: header name @request.auth.claims is not a valid header name',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { redirect: { prefixRewrite: /x }, match: [ { uri: { exact: /a } } ] } ] }',
      [
        'spec.http[0].redirect.prefixRewrite: redirect prefix_rewrite requires all URI matches to use prefix match type',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ {} ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: {} } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { prefix: "" } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { uri: { regex: "[[:alpha:]]+\\\\pN" } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { x: {} } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { withoutHeaders: { x: { regex: "*" } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { withoutHeaders: { x: {} } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { :path: { exact: x } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { method: { exact: "" } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { port: 0 } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { ignoreUriCase: true } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { name: "" } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], match: [ { headers: { "@request.auth.claims.sub": { exact: x } } } ] } ], gateways: [ ns/gw ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { prefixRewrite: /x }, match: [ { uri: { prefix: /a } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { redirect: { prefixRewrite: /x }, match: [ {} ] } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});
