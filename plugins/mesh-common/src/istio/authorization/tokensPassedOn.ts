import { Token } from '../../mesh/whoMayCall/facts';
import { acceptsToken, isReadBy, JwtRule } from './tokenRule';

/** The tokens that a request still carries behind a proxy, and the rule that has taken others out. */
export interface TokensPassedOn<Rule> {
  tokens: readonly Token[];
  takenBy?: Rule;
}

/**
 * A proxy takes the token that it has accepted out of the request, unless the rule that accepts it says
 * `forwardOriginalToken`: who is behind it finds no token. Of several rules that accept a token the first counts.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `convertToEnvoyJwtConfig` (`Forward`); Envoy
 * source/extensions/filters/http/jwt_authn/authenticator.cc, `handleGoodJwt`.
 */
export function tokensPassedOn<Rule extends { rule: JwtRule }>(
  rules: readonly Rule[],
  tokens: readonly Token[],
): TokensPassedOn<Rule> {
  const takers = tokens.map(token => {
    const first = rules.find(
      ({ rule }) =>
        isReadBy(token, rule) && acceptsToken(token, rule) === undefined,
    );
    return first?.rule.forwardOriginalToken ? undefined : first;
  });
  const takenBy = takers.find(taker => taker !== undefined);
  return {
    tokens: tokens.filter((_, index) => takers[index] === undefined),
    ...(takenBy && { takenBy }),
  };
}
