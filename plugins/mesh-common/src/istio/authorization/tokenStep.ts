import { CallCheck } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { CallFacts, Token } from '../../mesh/whoMayCall/facts';
import { RequestAuthentication } from '../objects';
import { PolicySet } from './policySet';
import { Step } from './step';
import {
  acceptsToken,
  asSeen,
  isForOthers,
  isReadBy,
  JwtRule,
  whereRead,
} from './tokenRule';

const KIND = 'security.istio.io/RequestAuthentication';
const RULE = 'istio/request-authentication';

/**
 * The response code details of a token for somebody else, which is answered 403; all other refusals are 401.
 *
 * Upstream: Envoy source/extensions/filters/http/jwt_authn/filter.cc, `Filter::onComplete`.
 */
export const WRONG_AUDIENCE =
  'jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}';

/** What one rule of a RequestAuthentication makes of the tokens of a call. */
interface TokenCheck {
  policy: RequestAuthentication;
  index: number;
  rule: JwtRule;
  read: readonly Token[];
  /** Why it accepts none of them; absent where it accepts them, or reads none. */
  refusal?: string;
  /** They are for others, which is all that it has against them. */
  isForOthers?: boolean;
}

/** The step, and the tokens that later rules see: those that were accepted. */
export type TokenStep = Step & { tokens: CallFacts['tokens'] };

/**
 * The tokens of a request. Every rule reads its own places. A request passes if one rule accepts all that it
 * reads, or if each rule reads nothing or accepts; a token that nobody reads is as good as none. Connections
 * carry no tokens.
 *
 * Upstream: pilot/pkg/security/authn/policy_applier.go, `convertToEnvoyJwtConfig`.
 */
export function tokenStep(set: PolicySet, { tokens }: CallFacts): TokenStep {
  const { tokenPolicies, layer } = set;
  if (layer !== 'http') {
    return { checks: [], tokens: [] };
  }
  if (!tokenPolicies) {
    return { checks: [], tokens };
  }
  const rules = tokenPolicies.flatMap(policy =>
    (policy.spec?.jwtRules ?? []).map((rule, index) => ({
      policy,
      rule,
      index,
    })),
  );
  if (rules.length === 0) {
    return { checks: [], tokens: [] };
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
          reason: reasonOf(
            set,
            each,
            `accepts tokens of ${each.rule.issuer} in ${whereRead(
              each.rule,
            )}, and refuses others that are there`,
          ),
        })),
        tokens,
      };
}

function checkOf(
  each: Pick<TokenCheck, 'policy' | 'rule' | 'index'>,
  tokens: readonly Token[],
): TokenCheck {
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
    return {
      checks,
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
      reasons: refusing.map(check => reasonOf(set, check, textOf(check))),
    },
  };
}

function shown(set: PolicySet, check: TokenCheck): CallCheck {
  const matches = check.read.length > 0 && check.refusal === undefined;
  return {
    ...head(),
    result: matches ? 'match' : 'no-match',
    rule: check.index,
    reason: reasonOf(set, check, textOf(check)),
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

function reasonOf(
  { snapshot }: PolicySet,
  { policy, index }: Pick<TokenCheck, 'policy' | 'index'>,
  what: string,
): Reason {
  return because(
    RULE,
    `RequestAuthentication ${namespaceOf(policy)}/${
      policy.metadata.name
    } rule ${index + 1} ${what}`,
    {
      snapshot,
      kind: KIND,
      object: policy,
      field: `spec.jwtRules[${index}]`,
    },
  );
}
