import { CallCheck, CallStep } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { Match, NO } from '../../mesh/whoMayCall/match';
import { AuthorizationPolicy } from '../objects';
import { actionOf, EnforcedAction, isDryRun, policyName } from './actions';
import { beyond, Layer, ruleAtLayer } from './layers';
import { contextOf, PolicySet } from './policySet';
import { matchesRule } from './rules';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';

/** A rule that was looked at. */
export interface RuleCheck {
  policy: AuthorizationPolicy;
  index: number;
  match: Match;
  dryRun: boolean;
  /** Why this proxy cannot look at it. */
  skipped?: string;
}

const STEPS: Readonly<Record<EnforcedAction, CallStep>> = {
  CUSTOM: 'custom',
  AUDIT: 'audit',
  DENY: 'deny',
  ALLOW: 'allow',
};

const EFFECTS: Readonly<Record<EnforcedAction, string>> = {
  CUSTOM: 'asks an external authorizer',
  AUDIT: 'logs',
  DENY: 'denies',
  ALLOW: 'allows',
};

/** The policies of a proxy that have an action. */
export function policiesWith(
  { policies }: PolicySet,
  action: EnforcedAction,
): AuthorizationPolicy[] {
  return policies.filter(policy => actionOf(policy) === action);
}

/** The rules of a policy, as the proxy looks at them. */
export function checksOf(
  set: PolicySet,
  policy: AuthorizationPolicy,
  facts: CallFacts,
): RuleCheck[] {
  const action = actionOf(policy);
  return (policy.spec?.rules ?? []).map((rule, index) => {
    const common = { policy, index, dryRun: isDryRun(policy) };
    const taken = ruleAtLayer(rule, action, set.layer);
    return taken
      ? { ...common, match: matchesRule(taken, facts, contextOf(set, policy)) }
      : { ...common, match: NO, skipped: whyDropped(action, set.layer) };
  });
}

function whyDropped(action: EnforcedAction, layer: Layer): string {
  return layer === 'ztunnel' && (action === 'CUSTOM' || action === 'AUDIT')
    ? `has the action ${action}, which a ztunnel does not know`
    : `asks for ${beyond(layer)}, and ${whoDrops(layer)} drops it`;
}

export function whoDrops(layer: Layer): string {
  return layer === 'ztunnel' ? 'a ztunnel' : 'a proxy of a TCP port';
}

/** The checks of policies for people. A policy without rules was looked at too. */
export function shown(
  set: PolicySet,
  policy: AuthorizationPolicy,
  checks: readonly RuleCheck[],
): CallCheck[] {
  const step = STEPS[actionOf(policy)];
  if (checks.length === 0) {
    return [
      {
        step,
        result: 'no-match',
        dryRun: isDryRun(policy),
        reason: reasonAt(set, policy, 'has no rules: it matches nothing'),
      },
    ];
  }
  return checks.map(check => ({
    step,
    result: resultOf(check),
    dryRun: check.dryRun,
    rule: check.index,
    reason: reasonOf(set, check),
  }));
}

function resultOf({ match, skipped }: RuleCheck): CallCheck['result'] {
  if (skipped) {
    return 'skipped';
  }
  const results = {
    yes: 'match',
    no: 'no-match',
    depends: 'depends',
  } as const;
  return results[match.value];
}

/** What a rule does with the call. */
export function reasonOf(
  set: PolicySet,
  { policy, index, match, skipped, dryRun }: RuleCheck,
  what = EFFECTS[actionOf(policy)],
): Reason {
  const effect = dryRun ? `${what}, but is only tried (dry run)` : what;
  const texts = {
    yes: effect,
    no: 'does not match',
    depends: `${effect} on conditions`,
  };
  return reasonAt(set, policy, skipped ?? texts[match.value], index);
}

/** A sentence about a policy, or a rule of it. */
export function reasonAt(
  { snapshot }: PolicySet,
  policy: AuthorizationPolicy,
  what: string,
  index?: number,
): Reason {
  const rule = index === undefined ? '' : ` rule ${index + 1}`;
  return because(RULE, `${policyName(policy)}${rule} ${what}`, {
    snapshot,
    kind: KIND,
    object: policy,
    field: index === undefined ? 'spec' : `spec.rules[${index}]`,
  });
}
