import { profileConditions } from './profileConditions';

/** Alternatives as text: `path=/a method=GET | …`. */
function text(...args: Parameters<typeof profileConditions>): string {
  return profileConditions(...args)
    .map(alternative =>
      alternative.map(({ subject, value }) => `${subject}=${value}`).join(' '),
    )
    .join(' | ');
}

describe('profileConditions', () => {
  it.each([
    ['no condition', undefined, ''],
    [
      'the fields of a condition together',
      { pathRegex: '/a', method: 'GET' },
      'path=/a method=GET',
    ],
    [
      'any of several',
      { any: [{ method: 'GET' }, { method: 'HEAD' }] },
      'method=GET | method=HEAD',
    ],
    [
      'all of several, each with alternatives',
      {
        all: [
          { any: [{ pathRegex: '/a' }, { pathRegex: '/b' }] },
          { method: 'GET' },
        ],
      },
      'path=/a method=GET | path=/b method=GET',
    ],
    ['not', { not: { pathRegex: '/a' } }, 'path=(?!(?:/a)$).*'],
    [
      'not all',
      { not: { pathRegex: '/a', method: 'GET' } },
      'path=(?!(?:/a)$).* | method=(?!(?:GET)$).*',
    ],
    ['not not', { not: { not: { method: 'GET' } } }, 'method=GET'],
  ])('reads %s', (_, condition, expected) => {
    expect(text(condition)).toBe(expected);
  });

  it('matches nothing by no alternative', () => {
    expect(profileConditions({ any: [] })).toEqual([]);
    expect(profileConditions({})).toEqual([[]]);
  });

  it('writes what is negated as an expression that matches everything else', () => {
    const [[{ value }]] = profileConditions({ not: { pathRegex: '/a|/b' } });
    const expression = new RegExp(`^(?:${value})$`);
    expect(
      ['/a', '/b', '/c', '/ab', ''].filter(path => expression.test(path)),
    ).toEqual(['/c', '/ab', '']);
  });
});
