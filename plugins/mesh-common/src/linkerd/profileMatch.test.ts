import { RequestMatch } from './objects';
import { profileMatch } from './profileMatch';

function fits(condition: RequestMatch | undefined, request: string) {
  const [method, path] = request.split(' ');
  return profileMatch(condition)?.({ method, path });
}

const GET = { method: 'GET' };
const CART = { pathRegex: '/cart' };
/** What Rust has no look-around for. */
const BROKEN = { pathRegex: '/(?!cart).*' };

describe('profileMatch', () => {
  it.each<[string, RequestMatch | undefined, string, boolean]>([
    ['no condition', undefined, 'GET /', true],
    ['the method', GET, 'GET /a', true],
    ['another method', GET, 'POST /a', false],
    ['a method in lower case', { method: ' get ' }, 'GET /a', true],
    ['a method that is sent in lower case', GET, 'get /a', false],
    ['the path', CART, 'GET /cart', true],
    ['a path with a query', CART, 'GET /cart?id=1', true],
    ['a part of a path', CART, 'GET /cart/1', false],
    [
      'an expression with anchors',
      { pathRegex: ' ^/cart$ ' },
      'GET /cart',
      true,
    ],
    [
      'the begin by the first alternative',
      { pathRegex: '/a|/b' },
      'GET /a/1',
      true,
    ],
    [
      'the end by the last alternative',
      { pathRegex: '/a|/b' },
      'GET /1/b',
      true,
    ],
    ['both fields', { ...GET, ...CART }, 'GET /cart', true],
    ['one of both fields', { ...GET, ...CART }, 'POST /cart', false],
    ['all', { all: [GET, CART] }, 'GET /cart', true],
    ['one of all', { all: [GET, CART] }, 'GET /list', false],
    ['all of none', { all: [] }, 'GET /', true],
    ['any', { any: [GET, CART] }, 'POST /cart', true],
    ['none of any', { any: [GET, CART] }, 'POST /list', false],
    ['any of none', { any: [] }, 'GET /', false],
    ['what is not so', { not: GET }, 'POST /', true],
    ['what is so', { not: GET }, 'GET /', false],
    ['what is not all', { not: { ...GET, ...CART } }, 'GET /list', true],
    ['what is none of any', { not: { any: [GET, CART] } }, 'PUT /x', true],
    ['not any of some', { not: { any: [GET, CART] } }, 'PUT /cart', false],
    ['not not', { not: { not: GET } }, 'GET /', true],
    [
      'a field beside not',
      { ...CART, not: { method: 'POST' } },
      'GET /cart',
      true,
    ],
    [
      'a field beside any',
      { ...GET, any: [CART, { pathRegex: '/list' }] },
      'GET /list',
      true,
    ],
    ['what is left beside a broken part', { ...GET, ...BROKEN }, 'GET /', true],
    ['all but a broken one', { all: [BROKEN, GET] }, 'POST /', false],
    ['any but a broken one', { any: [BROKEN, GET] }, 'POST /', false],
    ['all of broken ones', { all: [BROKEN] }, 'POST /', true],
  ])('takes or leaves %s', (_, condition, request, expected) => {
    expect(fits(condition, request)).toBe(expected);
  });

  it.each<[string, RequestMatch]>([
    ['an expression that does not compile', BROKEN],
    ['the opposite of one', { not: BROKEN }],
    ['an expression that gets its anchors', { pathRegex: '/a)|(/b' }],
    ['a method of blanks', { method: ' ' }],
  ])('is not there for %s', (_, condition) => {
    expect(profileMatch(condition)).toBeUndefined();
  });
});
