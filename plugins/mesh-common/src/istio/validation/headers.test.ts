import { said } from './__testUtils__/refusals';
import { headerValueComplaint } from './headerValue';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of headers in a VirtualService', () => {
  it.each<[string, string[]]>([
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { set: { :path: a } } } } ] }',
      [
        'spec.http[0].headers.request.set.:path: invalid header ":path": header cannot have ":" prefix',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { set: { :path: a } } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.request.set.:path: invalid header ":path": header cannot have ":" prefix',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: "%X" } } } } ] }',
      [
        "spec.http[0].headers.request.add.a: header value configuration: invalid header configuration. Un-terminated variable expression '%X'",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: "%X" } } } } ] } ] }',
      [
        "spec.http[0].route[0].headers.request.add.a: header value configuration: invalid header configuration. Un-terminated variable expression '%X'",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: "%REQ(x)" } } } } ] }',
      [
        "spec.http[0].headers.request.add.a: header value configuration: invalid header configuration. Un-terminated variable expression '%REQ(x)'",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: "%REQ(x)" } } } } ] } ] }',
      [
        "spec.http[0].route[0].headers.request.add.a: header value configuration: invalid header configuration. Un-terminated variable expression '%REQ(x)'",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: \'%UPSTREAM_METADATA(["a" "b"])%\' } } } } ] }',
      [
        "spec.http[0].headers.request.add.a: header value configuration: invalid header configuration. Expecting ',', ']', or whitespace",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: \'%UPSTREAM_METADATA(["a" "b"])%\' } } } } ] } ] }',
      [
        "spec.http[0].route[0].headers.request.add.a: header value configuration: invalid header configuration. Expecting ',', ']', or whitespace",
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: "%START_TIME%%" } } } } ] }',
      [
        'spec.http[0].headers.request.add.a: header value configuration: invalid header configuration. Un-escaped %',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: "%START_TIME%%" } } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.request.add.a: header value configuration: invalid header configuration. Un-escaped %',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { "": a } } } } ] }',
      ['spec.http[0].headers.request.add.: header name cannot be empty'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { "": a } } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.request.add.: header name cannot be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { remove: [ host ] } } } ] }',
      [
        'spec.http[0].headers.request.remove[0]: invalid header "host": cannot set Host header',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { remove: [ host ] } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.request.remove[0]: invalid header "host": cannot set Host header',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { remove: [ :a ] } } } ] }',
      [
        'spec.http[0].headers.request.remove[0]: invalid header ":a": header cannot have ":" prefix',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { remove: [ :a ] } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.request.remove[0]: invalid header ":a": header cannot have ":" prefix',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { response: { set: { host: a } } } } ] }',
      [
        'spec.http[0].headers.response.set.host: invalid header "host": cannot set Host header',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { response: { set: { host: a } } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.response.set.host: invalid header "host": cannot set Host header',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { response: { remove: [ "" ] } } } ] }',
      ['spec.http[0].headers.response.remove[0]: header name cannot be empty'],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { response: { remove: [ "" ] } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.response.remove[0]: header name cannot be empty',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { response: { set: { :authority: a } } } } ] }',
      [
        'spec.http[0].headers.response.set.:authority: invalid header ":authority": header cannot have ":" prefix',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { response: { set: { :authority: a } } } } ] } ] }',
      [
        'spec.http[0].route[0].headers.response.set.:authority: invalid header ":authority": header cannot have ":" prefix',
      ],
    ],
    [
      '{\n  hosts: [ cart.example.com ],\n  http:\n    [\n      {\n          route: [ { destination: { host: cart } } ],\n          headers:\n            {\n              request:\n                {\n                  set:\n                    {\n                      a: b\n\n                        c\n                    }\n                }\n            }\n        }\n    ]\n}',
      [
        'spec.http[0].headers.request.set.a: header value configuration b\nc is invalid',
      ],
    ],
    [
      '{\n  hosts: [ cart.example.com ],\n  http:\n    [\n      {\n          route:\n            [\n              {\n                  destination: { host: cart },\n                  headers:\n                    {\n                      request:\n                        {\n                          set:\n                            {\n                              a: b\n\n                                c\n                            }\n                        }\n                    }\n                }\n            ]\n        }\n    ]\n}',
      [
        'spec.http[0].route[0].headers.request.set.a: header value configuration b\nc is invalid',
      ],
    ],
    [
      '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { set: { host: a }, add: { :authority: b } } } } ] }',
      [
        'spec.http[0].headers.request.add.:authority: authority header cannot be set multiple times: have "a", attempting to set "b"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('VirtualService', spec)).toEqual(expected);
  });

  it.each([
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { set: { :authority: a } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { set: { :authority: a } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { set: { host: a } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { set: { host: a } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: 100%% } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: 100%% } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: "%START_TIME%" } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: "%START_TIME%" } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: "%REQ(x)%" } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: "%REQ(x)%" } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { add: { a: \'%UPSTREAM_METADATA(["a","b"])%\' } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { add: { a: \'%UPSTREAM_METADATA(["a","b"])%\' } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart } } ], headers: { request: { set: { a b: x } } } } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { set: { a b: x } } } } ] } ] }',
    '{ hosts: [ cart.example.com ], http: [ { route: [ { destination: { host: cart }, headers: { request: { set: { host: a }, add: { :authority: b } } } } ] } ] }',
  ])('nothing: %s', spec => {
    expect(said('VirtualService', spec)).toEqual([]);
  });
});

describe('headerValueComplaint', () => {
  it.each([
    ['', undefined],
    ['100%%', undefined],
    ['%START_TIME(%s %%)% and %REQ(x)%', undefined],
    ['%UPSTREAM_METADATA( [ "a", "b\\"" ] ) %', undefined],
    ['%', 'Un-escaped %'],
    ['%REQ([a])%', `Expecting '"'`],
    ['%REQ(["a" b])%', `Expecting ',', ']', or whitespace`],
    ['%REQ(["a"]x)%', `Expecting ')' or whitespace after '{}', but found '{}'`],
    ['%REQ(x)y%', `Expecting '%' or whitespace after`],
    ['%REQ(["a\\', 'Un-terminated backslash in JSON string'],
    ['%REQ', `Un-terminated variable expression '%REQ'`],
  ])('of %j is %j', (value, wrong) => {
    expect(headerValueComplaint(value)).toBe(
      wrong &&
        `header value configuration: invalid header configuration. ${wrong}`,
    );
  });
});
