import { findsWhole } from './findsWhole';

it.each([
  ['/cart/.*', '/cart/1', true],
  ['/cart', '/cart/1', false],
  ['cart', '/cart', false],
  ['/a|/ab', '/ab', false],
  ['/ab|/a', '/ab', true],
  ['/a.*?', '/ab', false],
  ['(?i)/CART', '/cart', true],
  ['/[[:alpha:]]+', '/cart', true],
  ['/\\u{e9}', '/é', true],
  ['/(?P<id>[0-9]+)', '/42', true],
  ['/[a[0-9]_-]+', '/a7-_', true],
  ['/[^[:alpha:]\\]]+', '/a', false],
  ['(', '(', false],
])('finds with %s the whole of %s: %s', (expression, text, expected) => {
  expect(findsWhole(expression, text)).toBe(expected);
});
