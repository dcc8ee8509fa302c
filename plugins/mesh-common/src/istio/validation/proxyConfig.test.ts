import { said } from './__testUtils__/refusals';

/** As istiod itself answers (1.31, server-side dry run). */
describe('what istiod says of a ProxyConfig', () => {
  it.each<[string, string[]]>([
    [
      '{ concurrency: -1 }',
      ['spec.concurrency: concurrency must be greater than or equal to 0'],
    ],
    [
      '{ selector: {} }',
      ['warning spec.selector: workload selector specified without labels'],
    ],
    [
      '{ selector: { matchLabels: { "": x } } }',
      [
        'spec.selector.matchLabels.: empty key is not supported in selector: "=x"',
      ],
    ],
    [
      '{ selector: { matchLabels: { a: "*" } } }',
      [
        'spec.selector.matchLabels.a: wildcard is not supported in selector: "a=*"',
      ],
    ],
  ])('%s', (spec, expected) => {
    expect(said('ProxyConfig', spec)).toEqual(expected);
  });

  it.each(['{}', '{ concurrency: 0 }'])('nothing: %s', spec => {
    expect(said('ProxyConfig', spec)).toEqual([]);
  });
});
