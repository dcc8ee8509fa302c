import { Token } from '../../mesh/whoMayCall/facts';
import { acceptsToken, asSeen, isReadBy, JwtRule } from './tokenRule';

const ISSUER = 'https://login.example';
const claims = { iss: ISSUER, sub: 'ann', aud: 'shop' };
const BEARER: Token['place'] = { header: 'Authorization', prefix: 'Bearer ' };

it.each<[string, Token['place'], JwtRule, boolean]>([
  ['Authorization by default', undefined, {}, true],
  ['the same, named', BEARER, {}, true],
  ['access_token by default', { param: 'access_token' }, {}, true],
  ['another parameter', { param: 'token' }, {}, false],
  [
    'Authorization, where a header is named',
    BEARER,
    { fromHeaders: [{ name: 'x-token' }] },
    false,
  ],
  [
    'a header, whatever its case',
    { header: 'X-Token' },
    { fromHeaders: [{ name: 'x-token' }] },
    true,
  ],
  [
    'a header without its prefix',
    { header: 'x-token' },
    { fromHeaders: [{ name: 'x-token', prefix: 'JWT ' }] },
    false,
  ],
  ['a parameter', { param: 't' }, { fromParams: ['t'] }, true],
  ['a cookie', { cookie: 't' }, { fromCookies: ['t'] }, true],
])('reads %s', (_, place, rule, expected) => {
  expect(isReadBy({ claims, place }, rule)).toBe(expected);
});

it.each<[string, Partial<Token>, JwtRule, string]>([
  ['of its issuer', {}, { issuer: ISSUER }, 'accepted'],
  ['of another issuer', {}, { issuer: 'other' }, 'issuer'],
  ['that does not hold', { valid: false }, { issuer: ISSUER }, 'signature'],
  ['for its audience', {}, { audiences: ['shop', 'pay'] }, 'accepted'],
  ['for another audience', {}, { audiences: ['pay'] }, 'audience'],
  [
    'for one audience of several, written in another way',
    { claims: { ...claims, aud: ['a', 'https://shop.example/'] } },
    { audiences: ['shop.example'] },
    'accepted',
  ],
  [
    'without an audience',
    { claims: { iss: ISSUER } },
    { audiences: ['shop'] },
    'audience',
  ],
  [
    'with more before it than the prefix',
    { place: BEARER },
    { fromHeaders: [{ name: 'authorization' }] },
    'more than a token',
  ],
])('a token %s', (_, token, rule, expected) => {
  const refusal = acceptsToken({ claims, ...token }, rule);
  expect(refusal ?? 'accepted').toContain(expected);
});

it('shows words as values of the claims that have words', () => {
  const seen = asSeen(
    { claims: { scope: 'read write', name: 'Ann B', roles: 'a b' } },
    { spaceDelimitedClaims: ['roles'] },
  );
  expect(seen.claims).toEqual({
    scope: ['read', 'write'],
    name: 'Ann B',
    roles: ['a', 'b'],
  });
});
