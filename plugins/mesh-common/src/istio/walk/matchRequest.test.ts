import fc from 'fast-check';
import { HttpMatch } from '../objects';
import { matchesRequest, RoutedRequest } from './matchRequest';

const REQUEST: RoutedRequest = {
  method: 'GET',
  path: '/api/items?q=shoes&empty=&flag&q=boots',
  authority: 'reviews.shop:8080',
  scheme: 'http',
  headers: { 'X-User': 'ann', cookie: 'sid=1;user=ann' },
};

function verdict(
  match: HttpMatch,
  request: Partial<RoutedRequest> = {},
  gatewayApi: boolean = false,
) {
  return matchesRequest(match, { ...REQUEST, ...request }, gatewayApi);
}

describe('matchesRequest, about claims of a token', () => {
  const group = (
    value: string,
    name = '@request.auth.claims[org][groups]',
  ) => ({
    headers: { [name]: { exact: value } },
  });
  const tokens = [
    { claims: { org: { groups: ['beta', 'staff'] }, tier: 'one' } },
  ];

  it.each<[string, HttpMatch, boolean]>([
    ['an item of a list', group('beta'), true],
    ['no item of it', group('alpha'), false],
    [
      'by names with points',
      group('staff', '@request.auth.claims.org.groups'),
      true,
    ],
    [
      'in any case of the prefix',
      group('one', '@Request.Auth.Claims.tier'),
      true,
    ],
    [
      'a claim that is not there',
      group('x', '@request.auth.claims[none]'),
      false,
    ],
    [
      'that it has any value',
      { headers: { '@request.auth.claims.tier': {} } },
      true,
    ],
    [
      'that it has not the value',
      { withoutHeaders: { '@request.auth.claims.tier': { exact: 'two' } } },
      true,
    ],
    [
      'that it has not the value that it has',
      { withoutHeaders: { '@request.auth.claims.tier': { exact: 'one' } } },
      false,
    ],
  ])('%s', (_, match, expected) => {
    expect(verdict(match, { tokens })).toBe(expected);
  });

  it('does not match without a token, and is unknown where claims are not told', () => {
    expect(verdict(group('beta'))).toBe(false);
    expect(verdict(group('beta'), { tokens: 'unknown' })).toBe('unknown');
    expect(verdict({}, { tokens: 'unknown' })).toBe(true);
  });
});

describe('matchesRequest', () => {
  it.each<[string, HttpMatch, boolean | 'unknown']>([
    ['no condition', {}, true],
    ['the whole path', { uri: { exact: '/api/items' } }, true],
    ['a part of the path', { uri: { exact: '/api' } }, false],
    ['a prefix', { uri: { prefix: '/ap' } }, true],
    ['a prefix in another case', { uri: { prefix: '/Api' } }, false],
    [
      'a prefix whose case does not count',
      { uri: { prefix: '/Api' }, ignoreUriCase: true },
      true,
    ],
    [
      'an exact path whose case does not count',
      { uri: { exact: '/API/items' }, ignoreUriCase: true },
      true,
    ],
    ['an expression for the whole path', { uri: { regex: '/api/.*' } }, true],
    ['an expression for a part of it', { uri: { regex: '/api' } }, false],
    [
      'an expression, whose case counts all the same',
      { uri: { regex: '/API/.*' }, ignoreUriCase: true },
      false,
    ],
    ['an expression that is none', { uri: { regex: '(' } }, 'unknown'],
    [
      'an expression that is none, beside what does not match',
      { uri: { regex: '(' }, method: { exact: 'POST' } },
      false,
    ],
    ['the method', { method: { exact: 'GET' } }, true],
    ['the method in another case', { method: { exact: 'get' } }, false],
    ['the host with its port', { authority: { prefix: 'reviews.' } }, true],
    [
      'the host without its port',
      { authority: { exact: 'reviews.shop' } },
      false,
    ],
    ['the scheme', { scheme: { exact: 'https' } }, false],
    [
      'a header whatever its case',
      { headers: { 'x-USER': { exact: 'ann' } } },
      true,
    ],
    ['another value', { headers: { 'x-user': { exact: 'bob' } } }, false],
    ['a header that is there', { headers: { cookie: {} } }, true],
    [
      'a header that is there, by *',
      { headers: { cookie: { regex: '*' } } },
      true,
    ],
    ['a header that is not there', { headers: { 'x-env': {} } }, false],
    [
      '.* for a header that is not there',
      { headers: { 'x-env': { regex: '.*' } } },
      false,
    ],
    [
      'the Host header',
      { headers: { host: { exact: 'reviews.shop:8080' } } },
      true,
    ],
    [
      'the method as a header',
      { headers: { ':method': { exact: 'GET' } } },
      true,
    ],
    ['without a header', { withoutHeaders: { 'x-env': {} } }, true],
    [
      'without a header that is there',
      { withoutHeaders: { 'x-user': {} } },
      false,
    ],
    [
      'without a value',
      { withoutHeaders: { 'x-user': { exact: 'bob' } } },
      true,
    ],
    [
      'without a value, which nothing counts as',
      { withoutHeaders: { 'x-env': { regex: '.*' } } },
      false,
    ],
    [
      'without a value that cannot be read',
      { withoutHeaders: { 'x-env': { regex: '(' } } },
      'unknown',
    ],
    [
      'the first of a parameter',
      { queryParams: { q: { exact: 'shoes' } } },
      true,
    ],
    [
      'the second of a parameter',
      { queryParams: { q: { exact: 'boots' } } },
      false,
    ],
    ['a parameter without a value', { queryParams: { flag: {} } }, true],
    ['an empty parameter', { queryParams: { empty: { exact: '' } } }, true],
    ['a parameter that is not there', { queryParams: { debug: {} } }, false],
  ])('%s', (_, match, expected) => {
    expect(verdict(match)).toBe(expected);
  });

  it.each([
    ['/api', '/api', true],
    ['/api', '/api/', true],
    ['/api', '/api?x=1', true],
    ['/api', '/apis', false],
    ['/api', '/', false],
    ['/', '/apis', true],
  ])('in the Gateway API prefix %s has %s: %s', (prefix, path, expected) => {
    expect(verdict({ uri: { prefix } }, { path }, true)).toBe(expected);
  });

  it('finds a header and its opposite in no request at once', () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (wanted, value) => {
        const headers: Record<string, string> =
          value === null ? {} : { 'x-h': value };
        const there = verdict(
          { headers: { 'x-h': { exact: wanted } } },
          { headers },
        );
        const away = verdict(
          { withoutHeaders: { 'x-h': { exact: wanted } } },
          { headers },
        );
        // What is not there is neither equal to an empty text nor different from it.
        expect(there && away).toBe(false);
        expect(there || away).toBe(value !== null || wanted !== '');
      }),
    );
  });
});
