import fc from 'fast-check';
import { OutboundAnswer } from './call';
import { normalizedPath, withPath } from './normalizedPath';

function normalized(path: string, normalization = 'DEFAULT'): string {
  return normalizedPath(path, { pathNormalization: { normalization } });
}

describe('normalizedPath', () => {
  it.each([
    ['DEFAULT', '/a/./b/../c?x=/../', '/a/c?x=/../'],
    ['DEFAULT', '/a/..', '/'],
    ['DEFAULT', '/a/b/.', '/a/b/'],
    ['DEFAULT', '/../../a', '/a'],
    ['DEFAULT', '/a/%2E%2e/b', '/b'],
    ['DEFAULT', '/a\\b', '/a/b'],
    ['DEFAULT', '/a//b%2fc', '/a//b%2fc'],
    ['DEFAULT', '*', '*'],
    ['DEFAULT', '/', '/'],
    ['BASE', '/a/../b', '/b'],
    ['NONE', '/a/../b', '/a/../b'],
    ['MERGE_SLASHES', '/a///b%2fc', '/a/b%2fc'],
    ['DECODE_AND_MERGE_SLASHES', '/a%2F%5cb/%2e%2e/c', '/a/c'],
  ])('%s makes of %s %s', (normalization, path, expected) => {
    expect(normalized(path, normalization)).toBe(expected);
  });

  it('has nothing to do a second time, and agrees with URLs', () => {
    const parts = fc.array(fc.constantFrom('a', '.', '..', '', '%2e', 'b.c'));
    fc.assert(
      fc.property(parts, list => {
        const path = `/${list.join('/')}`;
        expect(normalized(normalized(path))).toBe(normalized(path));
        expect(normalized(path)).toBe(new URL(`http://h${path}`).pathname);
      }),
    );
  });
});

describe('withPath', () => {
  const answer: OutboundAnswer = {
    outcome: 'route',
    destinations: [],
    mirrors: [],
    reasons: [],
  };

  it('shows the destination the path, unless a rule has rewritten it', () => {
    expect(withPath(answer, '/b?x', '/a/../b?x').rewrite).toEqual({
      path: '/b',
    });
    expect(
      withPath({ ...answer, rewrite: { path: '/c' } }, '/b', '/a/../b').rewrite,
    ).toEqual({ path: '/c' });
    expect(withPath(answer, '/b', '/b')).toBe(answer);
    expect(
      withPath({ ...answer, outcome: 'no-route' }, '/b', '/./b').rewrite,
    ).toBeUndefined();
  });
});
