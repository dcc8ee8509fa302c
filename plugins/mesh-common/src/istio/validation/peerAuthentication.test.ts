import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a PeerAuthentication', () => {
  it.each<[string, string[]]>([
    [
      '{ portLevelMtls: { "80": { mode: STRICT } } }',
      [
        'spec.portLevelMtls: mesh/namespace peer authentication cannot have port level mTLS: portLevelMtls requires selector',
      ],
    ],
    [
      '{ portLevelMtls: {} }',
      [
        'spec.portLevelMtls: port level mTLS, if defined, must have at least one element',
      ],
    ],
    [
      '{ selector: {}, portLevelMtls: { "80": {} } }',
      [
        'spec.portLevelMtls: mesh/namespace peer authentication cannot have port level mTLS: portLevelMtls requires selector',
        'warning spec.selector: workload selector specified without labels',
      ],
    ],
    [
      '{ selector: { matchLabels: { a: b } }, portLevelMtls: { "0": {} } }',
      ['spec.portLevelMtls.0: port must be in range 1..65535'],
    ],
    [
      '{ selector: { matchLabels: { a: b } }, portLevelMtls: { http: {} } }',
      ['spec.portLevelMtls.http: port must be in range 1..65535'],
    ],
    [
      '{ selector: { matchLabels: { a: "*" } } }',
      [
        'spec.selector.matchLabels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ selector: { matchLabels: { "": "*" } } }',
      [
        'spec.selector.matchLabels.: empty key is not supported in selector: "=*"',
        'spec.selector.matchLabels.: wildcard is not supported in selector: "=*"',
      ],
    ],
    [
      '{ selector: {} }',
      ['warning spec.selector: workload selector specified without labels'],
    ],
  ])('%s', (spec, expected) => {
    expect(said('PeerAuthentication', spec)).toEqual(expected);
  });

  it.each([
    '{}',
    '{ mtls: {} }',
    '{ mtls: { mode: STRICT } }',
    '{ selector: { matchLabels: { a: b } }, portLevelMtls: { "80": {} } }',
    '{ selector: { matchLabels: { a b: c! } } }',
  ])('nothing: %s', spec => {
    expect(said('PeerAuthentication', spec)).toEqual([]);
  });
});
