import { CallConditions, CallDecision } from '../../contract/callDecision';
import { CallHop } from '../../contract/callEvaluation';
import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { allowed, conditional, denied } from '../../mesh/whoMayCall/decision';
import { withOperations } from '../../mesh/walk/headers';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { compare } from '../age';
import { AuthorizationPolicy } from '../objects';
import { isDryRun, policyName, ruleName } from './actions';
import { customStep } from './customStep';
import { beyond, ruleAtLayer } from './layers';
import { PolicySet } from './policySet';
import {
  checksOf,
  policiesWith,
  reasonOf,
  RuleCheck,
  shown,
  whoDrops,
} from './ruleChecks';
import { conditionsOf, Step } from './step';
import { TokenStep, tokenStep } from './tokenStep';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const DETAILS = 'rbac_access_denied_matched_policy';

/** What a proxy decides about a call, with every rule that it looked at, in order. */
export type Evaluation = Omit<CallHop, 'by' | 'layer' | 'when'>;

/**
 * What a proxy decides about a call. A CUSTOM rule that matches asks its provider; a token that is sent must
 * be accepted; a DENY rule that matches refuses; without an enforced ALLOW policy everything else is let in,
 * and with one only what a rule of them matches. AUDIT rules decide nothing, and neither do policies that are
 * only tried (dry run). What comes after the step that refuses is not looked at.
 *
 * Upstream: pilot/pkg/security/authz/builder/builder.go; pilot/pkg/model/authorization.go;
 * pilot/pkg/networking/core/httpfilters, `buildHTTP`.
 */
export function evaluate(set: PolicySet, sent: CallFacts): Evaluation {
  const steps: Step[] = [];
  const custom = customStep(set, sent);
  steps.push(custom);
  if (custom.ends) {
    return refusedBy(steps, custom.ends);
  }
  const token = tokenStep(set, sent);
  steps.push(token);
  if (token.ends) {
    return refusedBy(steps, token.ends);
  }
  const facts = {
    ...sent,
    tokens: token.tokens,
    ...headersAfter(sent, token),
  };
  steps.push(auditStep(set, facts));
  const deny = denyStep(set, facts);
  steps.push(deny);
  return deny.ends ? refusedBy(steps, deny.ends) : admitted(set, facts, steps);
}

/** The headers, with those that are made of claims. */
function headersAfter(
  { headers }: CallFacts,
  { headers: made }: TokenStep,
): Pick<CallFacts, 'headers'> {
  if (!made || !headers) {
    return {};
  }
  return {
    headers: made === 'unknown' ? undefined : withOperations(headers, made),
  };
}

function refusedBy(
  steps: readonly Step[],
  { verdict, reasons, details }: NonNullable<Step['ends']>,
): Evaluation {
  return {
    ...lookedAt(steps),
    decision: denied(reasons),
    verdict,
    ...(details && { details }),
  };
}

function lookedAt(steps: readonly Step[]) {
  return {
    checks: steps.flatMap(({ checks }) => checks),
    providers: steps.flatMap(({ providers = [] }) => providers),
  };
}

function auditStep(set: PolicySet, facts: CallFacts): Step {
  return {
    checks: policiesWith(set, 'AUDIT').flatMap(policy =>
      shown(set, policy, checksOf(set, policy, facts)),
    ),
  };
}

function denyStep(set: PolicySet, facts: CallFacts): Step {
  const each = policiesWith(set, 'DENY').map(policy => ({
    policy,
    rules: checksOf(set, policy, facts),
  }));
  const checks = each.flatMap(({ policy, rules }) => shown(set, policy, rules));
  const enforced = each
    .flatMap(({ rules }) => rules)
    .filter(({ dryRun }) => !dryRun);
  const matching = enforced.filter(({ match }) => match.value === 'yes');
  if (matching.length > 0) {
    return {
      checks,
      ends: {
        verdict: 'deny-matched',
        reasons: [reasonOf(set, matching[0])],
        details: `${DETAILS}[${firstName(matching)}]`,
      },
    };
  }
  const open = enforced.filter(({ match }) => match.value === 'depends');
  return {
    checks,
    deniedWhen: open.flatMap(conditionsOf),
    open: open.map(check => reasonOf(set, check)),
  };
}

/** A proxy has its rules by name. */
function firstName(matching: readonly RuleCheck[]): string {
  const [first] = matching
    .map(({ policy, index }) => ruleName(policy, index))
    .sort(compare);
  return first;
}

function admitted(
  set: PolicySet,
  facts: CallFacts,
  before: readonly Step[],
): Evaluation {
  const policies = policiesWith(set, 'ALLOW');
  const each = policies.map(policy => ({
    policy,
    rules: checksOf(set, policy, facts),
  }));
  const steps = [
    ...before,
    { checks: each.flatMap(({ policy, rules }) => shown(set, policy, rules)) },
  ];
  const deniedWhen = before.flatMap(step => step.deniedWhen ?? []);
  const open = before.flatMap(step => step.open ?? []);
  const enforced = policies.filter(policy => !isDryRun(policy));
  const rules = each
    .flatMap(({ rules: own }) => own)
    .filter(({ dryRun }) => !dryRun);
  return {
    ...lookedAt(steps),
    ...admission(set, enforced, rules, deniedWhen, open),
  };
}

function admission(
  set: PolicySet,
  policies: readonly AuthorizationPolicy[],
  rules: readonly RuleCheck[],
  deniedWhen: CallConditions,
  open: readonly Reason[],
): Pick<Evaluation, 'decision' | 'verdict' | 'details'> {
  const sure = rules.find(({ match }) => match.value === 'yes');
  if (policies.length === 0 || sure) {
    const reason = sure ? reasonOf(set, sure) : nothingDenies();
    return deniedWhen.length === 0
      ? {
          decision: allowed([reason]),
          verdict: sure ? 'allow-matched' : 'no-allow-policy',
        }
      : { decision: conditional([], deniedWhen, [...open, reason]) };
  }
  const maybe = rules.filter(({ match }) => match.value === 'depends');
  return maybe.length === 0
    ? {
        decision: denied(policies.map(policy => noneMatches(set, policy))),
        verdict: 'no-allow-matched',
        details: `${DETAILS}[none]`,
      }
    : {
        decision: conditional(maybe.flatMap(conditionsOf), deniedWhen, [
          ...maybe.map(check => reasonOf(set, check)),
          ...open,
        ]),
      };
}

function nothingDenies(): CallDecision['reasons'][number] {
  return {
    rule: RULE,
    text: 'No policy with the action ALLOW applies here, so that everybody is let in whom none denies',
  };
}

function noneMatches(
  { snapshot, layer }: PolicySet,
  policy: AuthorizationPolicy,
): Reason {
  const rules = policy.spec?.rules ?? [];
  const dropped = rules.filter(
    rule => ruleAtLayer(rule, 'ALLOW', layer) === undefined,
  ).length;
  const why =
    rules.length === 0
      ? 'has no rules, so that it lets nobody in'
      : 'has no rule that matches, and a call that no ALLOW policy matches is denied';
  const dropText =
    dropped === 0
      ? ''
      : `; ${dropped} of its ${rules.length} rules ask for ${beyond(
          layer,
        )}, and ${whoDrops(layer)} drops those`;
  return because(RULE, `${policyName(policy)} ${why}${dropText}`, {
    snapshot,
    kind: KIND,
    object: policy,
    field: rules.length === 0 ? 'spec' : 'spec.rules',
  });
}
