import { listed } from './listed';

describe('listed', () => {
  it.each([
    ['one', ['a'], undefined, 'a'],
    [
      'all, where they are few',
      ['a', 'b', 'c', 'd', 'e'],
      undefined,
      'a, b, c, d, e',
    ],
    [
      'the first, and how many more',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      undefined,
      'a, b, c, d, e and 2 more',
    ],
    [
      'of what',
      ['a', 'b', 'c', 'd', 'e', 'f'],
      'namespaces',
      'a, b, c, d, e and 1 more namespaces',
    ],
  ])('names %s', (_, names, what, expected) => {
    expect(listed(names, what)).toBe(expected);
  });
});
