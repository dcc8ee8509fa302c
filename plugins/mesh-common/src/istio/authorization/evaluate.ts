import { CallConditions, CallDecision } from '../../contract/callDecision';
import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { because } from '../../mesh/answers';
import { allowed, conditional, denied } from '../../mesh/whoMayCall/decision';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { bothOf, Match } from '../../mesh/whoMayCall/match';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare } from '../age';
import { MeshConfig } from '../meshConfig';
import { AuthorizationPolicy } from '../objects';
import { RuleContext } from './conditions';
import { EnforcedAction, Layer, ruleAtLayer } from './layers';
import { matchesRule } from './rules';

const KIND = 'security.istio.io/AuthorizationPolicy';
const RULE = 'istio/authorization-policy';
const DRY_RUN = 'istio.io/dry-run';

/** The order in which a proxy looks at policies; tokens are checked after CUSTOM. */
export const ACTIONS: readonly EnforcedAction[] = [
  'CUSTOM',
  'AUDIT',
  'DENY',
  'ALLOW',
];

/** The policies that one proxy has, and how it reads calls. */
export interface PolicySet {
  snapshot: MeshSnapshot;
  policies: readonly AuthorizationPolicy[];
  layer: Layer;
  port: number;
  config: Pick<
    MeshConfig,
    'trustDomain' | 'trustDomainAliases' | 'extensionProviders'
  >;
}

/** One rule that was looked at. */
export interface RuleCheck {
  policy: AuthorizationPolicy;
  action: EnforcedAction;
  index: number;
  match: Match;
  dryRun: boolean;
}

/** A decision with every rule that was looked at, in order. */
export interface Evaluation {
  decision: CallDecision;
  checks: readonly RuleCheck[];
  /** Providers that matching CUSTOM rules ask; the decision depends on them. */
  providers: readonly string[];
}

export function actionOf({ spec, metadata }: AuthorizationPolicy) {
  const action: EnforcedAction = spec?.action ?? 'ALLOW';
  // Read in the source: a CUSTOM policy that is only to be tried becomes a DENY that is enforced.
  return action === 'CUSTOM' && metadata.annotations[DRY_RUN] === 'true'
    ? 'DENY'
    : action;
}

export function isDryRun({ spec, metadata }: AuthorizationPolicy): boolean {
  return metadata.annotations[DRY_RUN] === 'true' && spec?.action !== 'CUSTOM';
}

/** Policies in the order in which they are looked at. */
export function inOrder(
  policies: readonly AuthorizationPolicy[],
): AuthorizationPolicy[] {
  return [...policies].sort(
    (a, b) => ACTIONS.indexOf(actionOf(a)) - ACTIONS.indexOf(actionOf(b)),
  );
}

/**
 * What a proxy decides about a call. A CUSTOM rule that matches asks its provider; a DENY rule that matches
 * refuses; without an enforced ALLOW policy everything else is let in, and with one only what a rule of them
 * matches. AUDIT rules decide nothing, and neither do policies that are only tried (dry run).
 *
 * Upstream: pilot/pkg/security/authz/builder/builder.go; pilot/pkg/model/authorization.go.
 */
export function evaluate(set: PolicySet, facts: CallFacts): Evaluation {
  const checks = inOrder(set.policies).flatMap(policy =>
    checksOf(set, policy, facts),
  );
  const custom = customOf(set, checks);
  const enforced = checks.filter(({ dryRun }) => !dryRun);
  const denying = [
    ...custom.refusing,
    ...enforced.filter(({ action }) => action === 'DENY'),
  ];
  const refused = denying.find(({ match }) => match.value === 'yes');
  const deniedWhen = [
    ...custom.deniedWhen,
    ...denying.flatMap(({ match }) => whenOf(match)),
  ];
  const open = [
    ...custom.asked,
    ...denying.filter(({ match }) => match.value === 'depends'),
  ].map(check => reasonOf(set, check));
  return {
    checks,
    providers: custom.providers,
    decision: refused
      ? denied([reasonOf(set, refused)])
      : admitted(set, enforced, deniedWhen, open),
  };
}

function admitted(
  set: PolicySet,
  checks: readonly RuleCheck[],
  deniedWhen: CallConditions,
  open: readonly Reason[],
): CallDecision {
  const policies = set.policies.filter(
    policy => actionOf(policy) === 'ALLOW' && !isDryRun(policy),
  );
  const allowing = checks.filter(({ action }) => action === 'ALLOW');
  const sure = allowing.find(({ match }) => match.value === 'yes');
  if (policies.length === 0 || sure) {
    const reason = sure ? reasonOf(set, sure) : nothingDenies();
    return deniedWhen.length === 0
      ? allowed([reason])
      : conditional([], deniedWhen, [...open, reason]);
  }
  const maybe = allowing.filter(({ match }) => match.value === 'depends');
  return maybe.length === 0
    ? denied(policies.map(policy => noneMatches(set, policy)))
    : conditional(
        maybe.flatMap(({ match }) => whenOf(match)),
        deniedWhen,
        [...maybe.map(check => reasonOf(set, check)), ...open],
      );
}

function whenOf(match: Match): CallConditions {
  return match.value === 'depends' ? match.when : [];
}

function checksOf(
  { layer, port, config }: PolicySet,
  policy: AuthorizationPolicy,
  facts: CallFacts,
): RuleCheck[] {
  const action = actionOf(policy);
  const context: RuleContext = {
    port,
    trust: config,
    namespace: namespaceOf(policy),
  };
  if (layer === 'ztunnel' && (action === 'CUSTOM' || action === 'AUDIT')) {
    return [];
  }
  return (policy.spec?.rules ?? []).flatMap((written, index) => {
    const rule = ruleAtLayer(written, action, layer);
    return rule
      ? {
          policy,
          action,
          index,
          match: matchesRule(rule, facts, context),
          dryRun: isDryRun(policy),
        }
      : [];
  });
}

interface CustomChecks {
  providers: string[];
  /** Rules whose provider is asked. */
  asked: RuleCheck[];
  /** Rules whose provider cannot be asked, which refuses what they match. */
  refusing: RuleCheck[];
  deniedWhen: CallConditions;
}

/**
 * The external authorizers. Several of them on one workload, or one that the mesh does not know, refuse what
 * their rules match; one that speaks HTTP is not asked about connections.
 */
function customOf(
  { config, layer }: PolicySet,
  checks: readonly RuleCheck[],
): CustomChecks {
  const custom = checks.filter(
    ({ action, match }) => action === 'CUSTOM' && match.value !== 'no',
  );
  const named = checks
    .filter(({ action }) => action === 'CUSTOM')
    .map(({ policy }) => policy.spec?.provider?.name ?? '');
  const names = [...new Set(named)].sort(compare);
  const provider = config.extensionProviders.find(
    ({ name }) => name === names[0],
  );
  if (names.length > 1 || !provider) {
    // By the names of the providers, as the proxy has them.
    const place = ({ policy }: RuleCheck) =>
      names.indexOf(policy.spec?.provider?.name ?? '');
    return {
      providers: [],
      asked: [],
      refusing: [...custom].sort((a, b) => place(a) - place(b)),
      deniedWhen: [],
    };
  }
  if (layer !== 'http' && provider.envoyExtAuthzHttp !== undefined) {
    return { providers: [], asked: [], refusing: [], deniedWhen: [] };
  }
  const refuses: CallConditions = [
    [{ subject: 'provider', operator: 'in', values: [provider.name] }],
  ];
  return {
    providers: custom.length > 0 ? [provider.name] : [],
    asked: custom,
    refusing: [],
    deniedWhen: custom.flatMap(({ match }) =>
      match.value === 'depends' ? bothOf(match.when, refuses) : refuses,
    ),
  };
}

function nothingDenies(): Reason {
  return {
    rule: RULE,
    text: 'No policy with the action ALLOW applies here, so that everybody is let in whom none denies',
  };
}

export function policyName({ metadata }: AuthorizationPolicy): string {
  return `AuthorizationPolicy ${metadata.namespace}/${metadata.name}`;
}

function noneMatches(
  { snapshot, layer }: PolicySet,
  policy: AuthorizationPolicy,
): Reason {
  const { spec } = policy;
  const rules = spec?.rules ?? [];
  const dropped = rules.filter(
    rule => ruleAtLayer(rule, 'ALLOW', layer) === undefined,
  ).length;
  const why =
    rules.length === 0
      ? 'has no rules, so that it lets nobody in'
      : `has no rule that matches, and a call that no ALLOW policy matches is denied${droppedText(
          dropped,
          rules.length,
          layer,
        )}`;
  return because(RULE, `${policyName(policy)} ${why}`, {
    snapshot,
    kind: KIND,
    object: policy,
    field: rules.length === 0 ? 'spec' : 'spec.rules',
  });
}

function droppedText(dropped: number, total: number, layer: Layer): string {
  if (dropped === 0) {
    return '';
  }
  const who = layer === 'ztunnel' ? 'a ztunnel' : 'a proxy of a TCP port';
  return `; ${dropped} of its ${total} rules ask for what only HTTP has, and ${who} drops those`;
}

const EFFECTS: Readonly<Record<EnforcedAction, string>> = {
  CUSTOM: 'asks an external authorizer',
  AUDIT: 'logs',
  DENY: 'denies',
  ALLOW: 'allows',
};

function reasonOf(
  { snapshot, config }: PolicySet,
  { policy, action, index, match }: RuleCheck,
): Reason {
  const provider = policy.spec?.provider?.name;
  const unusable =
    action === 'CUSTOM' &&
    !config.extensionProviders.some(({ name }) => name === provider);
  const what = unusable
    ? `names the provider ${
        provider ?? ''
      }, which the mesh does not know: what it matches is denied`
    : EFFECTS[action];
  return because(
    RULE,
    `${policyName(policy)} rule ${index + 1} ${what}${
      match.value === 'depends' ? ' on conditions' : ''
    }`,
    { snapshot, kind: KIND, object: policy, field: `spec.rules[${index}]` },
  );
}
