import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of authorization operation in an AuthorizationPolicy', () => {
  it.each<[string, string[]]>([
    [
      '{ rules: [ { to: [ {} ] } ] }',
      [
        'spec.rules[0].to[0].operation: `to.operation` must not be nil, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: {} } ] } ] }',
      [
        'spec.rules[0].to[0].operation: `to.operation` must not be empty, found at rule 0',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ x ] } } ] } ] }',
      ['spec.rules[0].to[0].operation.ports[0]: bad port (x)'],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ "70000" ] } } ] } ] }',
      ['spec.rules[0].to[0].operation.ports[0]: bad port (70000)'],
    ],
    [
      '{ rules: [ { to: [ { operation: { ports: [ 80 ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.ports[0]: empty value not allowed, found in Ports',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { methods: [ "" ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.methods[0]: empty value not allowed, found in Methods',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { hosts: [ "" ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.hosts[0]: empty value not allowed, found in Hosts',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{**}/{*}" ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{**}/{*}, found in Paths. {**} is not the last operator',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{x}" ] } } ] } ] }',
      [
        "spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{x}, found in Paths. Contains '{' or '}' beyond a supported path template",
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a/{*}/b*" ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a/{*}/b*, found in Paths. Contains segment b* with invalid string literal',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/a{*}" ] } } ] } ] }',
      [
        "spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path a{*}, found in Paths. Contains '{' or '}' beyond a supported path template",
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { paths: [ "/{*}/ " ] } } ] } ] }',
      [
        'spec.rules[0].to[0].operation.paths[0]: invalid or unsupported path {*}/ , found in Paths. Contains segment   with invalid string literal',
      ],
    ],
    [
      '{ rules: [ { to: [ { operation: { notPaths: [ "{" ] } } ] } ] }',
      [
        "spec.rules[0].to[0].operation.notPaths[0]: invalid or unsupported path {, found in NotPaths. Contains '{' or '}' beyond a supported path template",
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('AuthorizationPolicy', spec)).toEqual(expected);
  });

  it.each([
    '{ rules: [ { to: [] } ] }',
    '{ rules: [ { to: [ { operation: { ports: [ "80" ] } } ] } ] }',
    '{ rules: [ { to: [ { operation: { ports: [ "0" ] } } ] } ] }',
    '{ rules: [ { to: [ { operation: { methods: [ GET ] } } ] } ] }',
    '{ rules: [ { to: [ { operation: { paths: [ "/a/{*}/b" ] } } ] } ] }',
    '{ rules: [ { to: [ { operation: { paths: [ "/a/{**}/b" ] } } ] } ] }',
    '{ rules: [ { to: [] } ], action: ALLOW }',
    '{ rules: [ { to: [ { operation: { ports: [ "80" ] } } ] } ], action: ALLOW }',
    '{ rules: [ { to: [ { operation: { ports: [ "0" ] } } ] } ], action: ALLOW }',
    '{ rules: [ { to: [ { operation: { methods: [ GET ] } } ] } ], action: ALLOW }',
    '{ rules: [ { to: [ { operation: { paths: [ "/a/{*}/b" ] } } ] } ], action: ALLOW }',
    '{ rules: [ { to: [ { operation: { paths: [ "/a/{**}/b" ] } } ] } ], action: ALLOW }',
  ])('nothing: %s', spec => {
    expect(said('AuthorizationPolicy', spec)).toEqual([]);
  });
});
