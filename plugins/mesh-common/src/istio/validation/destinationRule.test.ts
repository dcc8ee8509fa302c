import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a DestinationRule', () => {
  it.each<[string, string[]]>([
    ['{ host: "" }', ['spec.host: empty domain name not allowed']],
    [
      '{ host: a_b }',
      ['spec.host: domain name "a_b" invalid (label "a_b" invalid)'],
    ],
    [
      '{ host: 1.2.3.4 }',
      [
        'spec.host: domain name "2.3.4" invalid (top level domain "4" cannot be all-numeric)',
      ],
    ],
    [
      '{ host: cart, subsets: [ { name: a }, { name: a } ] }',
      ['spec.subsets[1].name: duplicate subset names: a'],
    ],
    [
      '{ host: cart, subsets: [ { name: "" } ] }',
      ['spec.subsets[0].name: subset name cannot be empty'],
    ],
    [
      '{ host: cart, subsets: [ { name: v_1 } ] }',
      ['spec.subsets[0].name: subset name is invalid: v_1'],
    ],
    [
      '{ host: cart, subsets: [ { name: a, labels: { x y: z } } ] }',
      ['spec.subsets[0].labels.x y: invalid tag key: "x y"'],
    ],
    [
      '{ host: cart, exportTo: [ "*" ], workloadSelector: { matchLabels: { a: b } } }',
      [
        'spec.exportTo: destination rule with workload selector cannot have exportTo beyond current namespace',
      ],
    ],
    [
      '{ host: cart, exportTo: [ "~" ] }',
      [
        'spec.exportTo[0]: exportTo ~ (none) is not allowed for Istio configuration objects',
      ],
    ],
    [
      '{ host: cart, workloadSelector: {} }',
      [
        'warning spec.workloadSelector: workload selector specified without labels',
      ],
    ],
    [
      '{ host: cart, workloadSelector: { matchLabels: { a: "*" } } }',
      [
        'spec.workloadSelector.matchLabels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
    [
      '{ host: cart, workloadSelector: { matchLabels: { "": b } } }',
      [
        'spec.workloadSelector.matchLabels.: empty key is not supported in selector: "=b"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('DestinationRule', spec)).toEqual(expected);
  });

  it.each([
    '{ host: "*" }',
    '{ host: "*.a" }',
    '{ host: cart, exportTo: [ . ] }',
    '{ host: cart, exportTo: [ . ], workloadSelector: { matchLabels: { a: b } } }',
    '{ host: cart, exportTo: [ "*" ] }',
    '{ host: cart, exportTo: [ a, b ] }',
  ])('nothing: %s', spec => {
    expect(said('DestinationRule', spec)).toEqual([]);
  });
});
