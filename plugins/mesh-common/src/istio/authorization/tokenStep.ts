import { CallCheck } from '../../contract/callEvaluation';
import { CallFacts, Token } from '../../mesh/whoMayCall/facts';
import { isPreflight } from '../preflight';
import { HeaderOperations } from '../../mesh/walk/headers';
import { claimHeaders, namesOf } from './claimHeaders';
import { PolicySet } from './policySet';
import { Step } from './step';
import {
  acceptsToken,
  asSeen,
  isForOthers,
  isReadBy,
  whereRead,
} from './tokenRule';
import { tokenReason, tokenRules, WrittenTokenRule } from './tokenRules';

/**
 * The response code details of a token for somebody else, which is answered 403; all other refusals are 401.
 *
 * Upstream: Envoy source/extensions/filters/http/jwt_authn/filter.cc, `Filter::onComplete`.
 */
export const WRONG_AUDIENCE =
  'jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}';

/** What one rule of a RequestAuthentication makes of the tokens of a call. */
interface TokenCheck extends WrittenTokenRule {
  read: readonly Token[];
  /** Why it accepts none of them; absent where it accepts them, or reads none. */
  refusal?: string;
  /** They are for others, which is all that it has against them. */
  isForOthers?: boolean;
}

/** The step, and what later rules see: the tokens that were accepted, and the headers that are made of their claims. */
export type TokenStep = Step & {
  tokens: CallFacts['tokens'];
  headers?: HeaderOperations | 'unknown';
};

/**
 * The tokens of a request. Every rule reads its own places. A request passes if one rule accepts all that it
 * reads, or if each rule reads nothing or accepts; a token that nobody reads is as good as none. Connections
 * carry no tokens, and those of a CORS preflight nobody reads.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `convertToEnvoyJwtConfig`.
 */
export function tokenStep(set: PolicySet, facts: CallFacts): TokenStep {
  const { tokenPolicies, layer } = set;
  const { tokens } = facts;
  if (layer !== 'http') {
    return { checks: [], tokens: [] };
  }
  if (!tokenPolicies) {
    return { checks: [], tokens };
  }
  const rules = tokenRules(tokenPolicies);
  if (rules.length === 0) {
    return { checks: [], tokens: [] };
  }
  if (isPreflight(facts)) {
    return { checks: rules.map(each => unasked(set, each)), tokens: [] };
  }
  return tokens
    ? decided(
        set,
        rules.map(each => checkOf(each, tokens)),
      )
    : {
        checks: rules.map(each => ({
          ...head(),
          result: 'depends',
          rule: each.index,
          reason: tokenReason(
            set.snapshot,
            each,
            `accepts tokens of ${each.rule.issuer} in ${whereRead(
              each.rule,
            )}, and refuses others that are there`,
          ),
        })),
        tokens,
        ...(rules.some(({ rule }) => namesOf(rule).length > 0) && {
          headers: 'unknown',
        }),
      };
}

function unasked(set: PolicySet, each: WrittenTokenRule): CallCheck {
  return {
    ...head(),
    result: 'no-match',
    rule: each.index,
    reason: tokenReason(
      set.snapshot,
      each,
      'is not asked about a CORS preflight: it passes as a request without a token',
    ),
  };
}

function checkOf(each: WrittenTokenRule, tokens: readonly Token[]): TokenCheck {
  const read = tokens.filter(token => isReadBy(token, each.rule));
  const refusals = read.flatMap(token => acceptsToken(token, each.rule) ?? []);
  return {
    ...each,
    read,
    ...(refusals.length > 0 && {
      refusal: refusals[0],
      isForOthers: read.every(token => isForOthers(token, each.rule)),
    }),
  };
}

function decided(set: PolicySet, each: readonly TokenCheck[]): TokenStep {
  const accepting = each.filter(
    ({ read, refusal }) => read.length > 0 && refusal === undefined,
  );
  const refusing = each.filter(({ refusal }) => refusal !== undefined);
  const checks = each.map(check => shown(set, check));
  if (accepting.length > 0 || refusing.length === 0) {
    const [first] = accepting;
    const headers = claimHeaders(
      each,
      first && { rule: first.rule, token: first.read[0] },
    );
    return {
      checks,
      ...(headers && { headers }),
      tokens: accepting.flatMap(({ read, rule }) =>
        read.map(token => asSeen(token, rule)),
      ),
    };
  }
  return {
    checks,
    tokens: [],
    ends: {
      verdict: 'token-rejected',
      ...(refusing.every(check => check.isForOthers) && {
        details: WRONG_AUDIENCE,
      }),
      reasons: refusing.map(check =>
        tokenReason(set.snapshot, check, textOf(check)),
      ),
    },
  };
}

function shown(set: PolicySet, check: TokenCheck): CallCheck {
  const matches = check.read.length > 0 && check.refusal === undefined;
  return {
    ...head(),
    result: matches ? 'match' : 'no-match',
    rule: check.index,
    reason: tokenReason(set.snapshot, check, textOf(check)),
  };
}

function head() {
  return { step: 'tokens', dryRun: false } as const;
}

function textOf({ read, refusal, rule }: TokenCheck): string {
  if (read.length === 0) {
    return `finds no token in ${whereRead(rule)}`;
  }
  return refusal === undefined
    ? `accepts the token in ${whereRead(rule)}`
    : `refuses the token in ${whereRead(rule)}: ${refusal}`;
}
