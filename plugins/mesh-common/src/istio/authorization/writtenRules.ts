import { CallConditions, CallRule } from '../../contract/callDecision';
import { because } from '../../mesh/answers';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { Match } from '../../mesh/whoMayCall/match';
import { AuthorizationPolicy } from '../objects';
import { PolicyRule } from './conditions';
import {
  actionOf,
  EnforcedAction,
  inOrder,
  isDryRun,
  policyName,
} from './actions';
import { beyond, Layer, ruleAtLayer } from './layers';
import { contextOf, PolicySet } from './policySet';
import { matchesFrom, matchesRequest } from './rules';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';

/** A call of which nothing is known: what a rule asks of it is what the rule says. */
const ANY_CALL: CallFacts = {
  peer: { type: 'somebody', except: new Set() },
  mode: 'unknown',
  inCluster: false,
};

const EFFECTS = {
  ALLOW: 'allow',
  DENY: 'deny',
  AUDIT: 'audit',
  CUSTOM: 'custom',
} as const satisfies Record<EnforcedAction, CallRule['effect']>;

/** The rules of the policies of one proxy as they are written, in the order in which it looks at them. */
export function writtenRules(set: PolicySet, enforcedBy?: string): CallRule[] {
  return inOrder(set.policies).flatMap(policy => {
    const action = actionOf(policy);
    const rules = policy.spec?.rules ?? [];
    const common = {
      effect: EFFECTS[action],
      term: action,
      ...(enforcedBy && { enforcedBy }),
    };
    if (rules.length === 0) {
      return [{ ...common, ...withoutRules(set, policy, action) }];
    }
    return rules.map((rule, index) => ({
      ...common,
      ...written(set, policy, action, rule, index),
    }));
  });
}

function withoutRules(
  set: PolicySet,
  policy: AuthorizationPolicy,
  action: EnforcedAction,
): Omit<CallRule, 'effect' | 'term' | 'enforcedBy'> {
  const allows = action === 'ALLOW';
  return {
    state: stateOf(policy, allows),
    from: [],
    requests: [],
    reason: reasonAt(
      set,
      policy,
      allows
        ? `${policyName(policy)} has no rules: it lets nobody in`
        : `${policyName(policy)} has no rules: it never matches`,
      'spec',
    ),
  };
}

function stateOf(
  policy: AuthorizationPolicy,
  counts: boolean,
): CallRule['state'] {
  if (isDryRun(policy)) {
    return 'dry-run';
  }
  return counts ? 'enforced' : 'no-effect';
}

function written(
  set: PolicySet,
  policy: AuthorizationPolicy,
  action: EnforcedAction,
  rule: PolicyRule,
  index: number,
): Omit<CallRule, 'effect' | 'term' | 'enforcedBy'> {
  const context = contextOf(set, policy);
  const taken = ruleAtLayer(rule, action, set.layer);
  const name = `${policyName(policy)} rule ${index + 1}`;
  return {
    state: stateOf(policy, taken !== undefined),
    from: asWritten(matchesFrom(rule, ANY_CALL, context)),
    requests: asWritten(matchesRequest(rule, ANY_CALL, context)),
    reason: reasonAt(
      set,
      policy,
      layerText(set.layer, action, rule, taken, name),
      `spec.rules[${index}]`,
    ),
  };
}

function layerText(
  layer: Layer,
  action: EnforcedAction,
  rule: PolicyRule,
  taken: PolicyRule | undefined,
  name: string,
): string {
  const who = layer === 'ztunnel' ? 'the ztunnel' : 'the proxy of a TCP port';
  if (taken === rule) {
    return `${name} has the action ${action}`;
  }
  if (taken) {
    return `${name} asks for ${beyond(
      layer,
    )}; ${who} leaves that out, so that the rule is not what is written`;
  }
  return action === 'AUDIT' || action === 'CUSTOM'
    ? `${name} has the action ${action}, which a ztunnel does not know`
    : `${name} asks for ${beyond(layer)}, so that ${who} drops it`;
}

/** The alternatives that a rule names; a match of everybody is one alternative without conditions. */
function asWritten(match: Match): CallConditions {
  switch (match.value) {
    case 'yes':
      return [[]];
    case 'no':
      return [];
    default:
      return match.when;
  }
}

function reasonAt(
  { snapshot }: PolicySet,
  policy: AuthorizationPolicy,
  text: string,
  field: string,
) {
  return because(RULE, text, { snapshot, kind: KIND, object: policy, field });
}
