import { HeaderOperations } from '../../mesh/walk/headers';
import { Token } from '../../mesh/whoMayCall/facts';
import { JwtRule } from './tokenRule';
import { claimAt } from './tokens';

/**
 * What becomes of the headers that rules make of claims (`outputClaimToHeaders`): a client cannot send them, since they are
 * taken out of each request; the rule that accepts its token sets those whose claims it has. Names of claims with dots lead into
 * objects; what is no text, number or truth value is written as JSON in base64.
 *
 * Upstream: Envoy source/extensions/filters/http/jwt_authn/authenticator.cc, `addJWTClaimToHeader`, and extractor.cc,
 * `sanitizeHeaders`.
 */
export function claimHeaders(
  rules: readonly { rule: JwtRule }[],
  accepted: { rule: JwtRule; token: Token } | undefined,
): HeaderOperations | undefined {
  const names = rules.flatMap(({ rule }) => namesOf(rule));
  if (names.length === 0) {
    return undefined;
  }
  const { outputClaimToHeaders = [] } = accepted?.rule ?? {};
  const set = outputClaimToHeaders.flatMap(({ header = '', claim = '' }) => {
    const text = textOf(claimAt(accepted?.token.claims, claim.split('.')));
    return text === '' ? [] : [[header.toLowerCase(), text] as const];
  });
  return { remove: names, set: Object.fromEntries(set) };
}

/** The headers that a rule makes of claims, in lower case. */
export function namesOf({ outputClaimToHeaders = [] }: JwtRule): string[] {
  return outputClaimToHeaders.flatMap(({ header }) =>
    header ? header.toLowerCase() : [],
  );
}

function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? '' : base64(JSON.stringify(value));
    default:
      return '';
  }
}

function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
