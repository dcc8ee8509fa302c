import { isVisibleFrom } from './exportTo';

describe('isVisibleFrom', () => {
  it.each<
    [string, string[] | undefined, string[], string | undefined, boolean]
  >([
    ['the default', undefined, ['*'], 'other', true],
    ['an empty list', [], ['.'], 'other', false],
    ['a private default, at home', undefined, ['.'], 'own', true],
    ['its own namespace', ['.'], ['*'], 'other', false],
    ['its own namespace, at home', ['.'], ['*'], 'own', true],
    ['a name', ['other'], ['*'], 'other', true],
    ['another name', ['third'], ['*'], 'other', false],
    ['another name, at home', ['other'], ['*'], 'own', false],
    ['nowhere', ['~'], ['*'], 'own', false],
    ['nowhere and everywhere', ['~', '*'], ['.'], 'own', true],
    ['everywhere, from nowhere in particular', ['*'], ['.'], undefined, true],
    ['a name, from nowhere in particular', ['other'], ['*'], undefined, false],
  ])('of %s', (_, exportTo, defaults, from, expected) => {
    expect(isVisibleFrom({ exportTo, defaults, namespace: 'own' }, from)).toBe(
      expected,
    );
  });
});
