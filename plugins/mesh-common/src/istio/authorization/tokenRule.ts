import { Token } from '../../mesh/whoMayCall/facts';
import { RequestAuthentication } from '../objects';

export type JwtRule = NonNullable<
  NonNullable<RequestAuthentication['spec']>['jwtRules']
>[number];

const AUTHORIZATION = 'authorization';
const BEARER = 'Bearer ';
const PARAMETER = 'access_token';
const DEFAULT_PLACE = { header: AUTHORIZATION, prefix: BEARER };
const WORDS = ['scope', 'permission'];

/** Places in which a rule looks for tokens. */
interface Places {
  headers: { name: string; prefix: string }[];
  params: readonly string[];
  cookies: readonly string[];
}

/** Without any place of its own, a rule reads `Authorization: Bearer` and the query parameter `access_token`. */
function placesOf({
  fromHeaders = [],
  fromParams = [],
  fromCookies = [],
}: JwtRule): Places {
  return fromHeaders.length + fromParams.length + fromCookies.length > 0
    ? {
        headers: fromHeaders.map(({ name, prefix = '' }) => ({
          name: name.toLowerCase(),
          prefix,
        })),
        params: fromParams,
        cookies: fromCookies,
      }
    : {
        headers: [{ name: AUTHORIZATION, prefix: BEARER }],
        params: [PARAMETER],
        cookies: [],
      };
}

/** Whether a rule finds a token where it looks. */
export function isReadBy(
  { place = DEFAULT_PLACE }: Token,
  rule: JwtRule,
): boolean {
  const { headers, params, cookies } = placesOf(rule);
  if ('param' in place) {
    return params.includes(place.param);
  }
  if ('cookie' in place) {
    return cookies.includes(place.cookie);
  }
  return headers.some(
    ({ name, prefix }) =>
      name === place.header.toLowerCase() &&
      (place.prefix ?? '').includes(prefix),
  );
}

/** Where a rule looks, in words. */
export function whereRead(rule: JwtRule): string {
  const { headers, params, cookies } = placesOf(rule);
  return [
    ...headers.map(({ name }) => `the header ${name}`),
    ...params.map(name => `the query parameter ${name}`),
    ...cookies.map(name => `the cookie ${name}`),
  ].join(' or ');
}

/** Why a rule does not accept a token that it reads; undefined where it does. */
export function acceptsToken(token: Token, rule: JwtRule): string | undefined {
  return refusedToken(token, rule) ?? refusedAudience(token, rule);
}

/** Why a rule refuses a token whoever it is for. */
function refusedToken(token: Token, rule: JwtRule): string | undefined {
  const { claims, valid = true } = token;
  const { issuer = '' } = rule;
  if (!isWholeValue(token, rule)) {
    return 'the header holds more than a token, and the rule names no prefix for that';
  }
  if (issuer !== '' && claims.iss !== issuer) {
    return `its issuer is ${textOf(claims.iss)}, not ${issuer}`;
  }
  return valid ? undefined : 'its signature or its time does not hold';
}

function refusedAudience(
  { claims }: Token,
  { audiences = [] }: JwtRule,
): string | undefined {
  const own = audiencesOf(claims.aud).map(plain);
  return audiences.length === 0 ||
    audiences.some(audience => own.includes(plain(audience)))
    ? undefined
    : `its audience is ${textOf(claims.aud)}, none of ${audiences.join(', ')}`;
}

/** Whether all that a rule has against a token is that it is for somebody else. */
export function isForOthers(token: Token, rule: JwtRule): boolean {
  return (
    refusedToken(token, rule) === undefined &&
    refusedAudience(token, rule) !== undefined
  );
}

/** Whether the token is all that is left of the header after the prefix that the rule names. */
function isWholeValue(
  { place = DEFAULT_PLACE }: Token,
  rule: JwtRule,
): boolean {
  if (!('header' in place)) {
    return true;
  }
  const before = place.prefix ?? '';
  return placesOf(rule).headers.some(
    ({ name, prefix }) =>
      name === place.header.toLowerCase() &&
      before.includes(prefix) &&
      before.slice(before.indexOf(prefix) + prefix.length).trim() === '',
  );
}

/**
 * The claims of an accepted token as policies see them: `scope`, `permission` and what the rule lists are
 * words with spaces between them, so that each word is a value.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `buildSpaceDelimitedClaims`.
 */
export function asSeen(
  token: Token,
  { spaceDelimitedClaims = [] }: JwtRule,
): Token {
  const words = new Set([...WORDS, ...spaceDelimitedClaims]);
  const claims = Object.entries(token.claims).map(([name, value]) => [
    name,
    words.has(name) && typeof value === 'string' ? value.split(' ') : value,
  ]);
  return { ...token, claims: Object.fromEntries(claims) };
}

function audiencesOf(claim: unknown): string[] {
  return (Array.isArray(claim) ? claim : [claim]).filter(
    (audience): audience is string => typeof audience === 'string',
  );
}

/** Envoy compares audiences without scheme and without the last slash (jwt_verify_lib, check_audience.cc). */
function plain(audience: string): string {
  return audience.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

function textOf(claim: unknown): string {
  return claim === undefined ? 'not given' : JSON.stringify(claim);
}
