import { CallConditions } from '../../contract/callDecision';
import { Reason } from '../../contract/common';
import { CallFacts } from '../../mesh/whoMayCall/facts';
import { bothOf } from '../../mesh/whoMayCall/match';
import { compare } from '../age';
import { istiodSetting } from '../controlPlane';
import { customProvider } from './customProvider';
import { PolicySet } from './policySet';
import {
  checksOf,
  policiesWith,
  reasonOf,
  RuleCheck,
  shown,
} from './ruleChecks';
import { conditionsOf, Step } from './step';

const SEVERAL = 'PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS';

/**
 * The external authorizers that CUSTOM rules ask, one after the other by name. One that cannot be asked refuses what its rules
 * match, and so do several of them on one workload, unless istiod is told that these are meant; one that speaks HTTP is not
 * asked about connections.
 *
 * Upstream: pilot/pkg/security/authz/builder/builder.go; extauthz.go.
 */
export function customStep(set: PolicySet, facts: CallFacts): Step {
  const policies = policiesWith(set, 'CUSTOM');
  const names = [
    ...new Set(policies.map(({ spec }) => spec?.provider?.name ?? '')),
  ].sort(compare);
  const groups = names.map(name => groupOf(set, facts, name));
  if (set.layer === 'ztunnel') {
    return { checks: groups.flatMap(({ checks }) => checks) };
  }
  if (names.length > 1 && istiodSetting(set.snapshot, SEVERAL) !== 'true') {
    return refusing(
      set,
      groups,
      'and other policies here name others, of which a workload can have one',
    );
  }
  return oneAfterTheOther(
    groups.map(group => () => ofProvider(set, group, facts)),
  );
}

function ofProvider(set: PolicySet, group: Group, facts: CallFacts): Step {
  const provider = customProvider(
    set.snapshot,
    set.config.extensionProviders,
    group.name,
  );
  if (provider.problem !== undefined) {
    return refusing(set, [group], provider.problem);
  }
  return set.layer === 'tcp' && provider.speaksHttp
    ? notAsked(group)
    : asking(set, group, facts);
}

/** Nobody is asked after one that refuses. */
function oneAfterTheOther(each: readonly (() => Step)[]): Step {
  const done: Step[] = [];
  for (const next of each) {
    const step = next();
    done.push(step);
    if (step.ends) {
      break;
    }
  }
  const ends = done.at(-1)?.ends;
  return {
    checks: done.flatMap(({ checks }) => checks),
    providers: done.flatMap(({ providers = [] }) => providers),
    deniedWhen: done.flatMap(({ deniedWhen = [] }) => deniedWhen),
    open: done.flatMap(({ open = [] }) => open),
    ...(ends && { ends }),
  };
}

/** The rules that ask one provider. */
interface Group {
  name: string;
  rules: RuleCheck[];
  checks: NonNullable<Step['checks']>;
}

function groupOf(set: PolicySet, facts: CallFacts, name: string): Group {
  const each = policiesWith(set, 'CUSTOM')
    .filter(({ spec }) => (spec?.provider?.name ?? '') === name)
    .map(policy => ({ policy, rules: checksOf(set, policy, facts) }));
  return {
    name,
    rules: each.flatMap(({ rules }) => rules),
    checks: each.flatMap(({ policy, rules }) => shown(set, policy, rules)),
  };
}

/** The first provider by name whose rules a call matches ends it. None of them is asked. */
function refusing(
  set: PolicySet,
  groups: readonly Group[],
  problem: string,
): Step {
  const checks: NonNullable<Step['checks']> = [];
  const open: { check: RuleCheck; reason: Reason }[] = [];
  for (const { name, rules, checks: own } of groups) {
    checks.push(...own);
    const unusable = (check: RuleCheck) =>
      reasonOf(
        set,
        check,
        `names the provider ${name}, ${problem}: what it matches is denied`,
      );
    const sure = rules.find(({ match }) => match.value === 'yes');
    if (sure) {
      return {
        checks,
        ends: {
          verdict: 'custom-provider-unusable',
          reasons: [unusable(sure)],
        },
      };
    }
    open.push(
      ...rules
        .filter(({ match }) => match.value === 'depends')
        .map(check => ({ check, reason: unusable(check) })),
    );
  }
  return {
    checks,
    deniedWhen: open.flatMap(({ check }) => conditionsOf(check)),
    open: open.map(({ reason }) => reason),
  };
}

function notAsked({ name, checks }: Group): Step {
  return {
    checks: checks.map(check => ({
      ...check,
      result: 'skipped',
      reason: {
        ...check.reason,
        text: `${check.reason.text}; the provider ${name} speaks HTTP and is not asked about connections`,
      },
    })),
  };
}

function asking(
  set: PolicySet,
  { name, rules, checks }: Group,
  { authorizer }: CallFacts,
): Step {
  const asked = rules.filter(({ match }) => match.value !== 'no');
  const reasons: Reason[] = asked.map(check => reasonOf(set, check));
  const providers = asked.length > 0 ? [name] : [];
  if (authorizer === 'allows') {
    return { checks, providers };
  }
  const sure = asked.find(({ match }) => match.value === 'yes');
  if (authorizer === 'denies' && sure) {
    return {
      checks,
      providers,
      ends: { verdict: 'custom-denied', reasons: [reasonOf(set, sure)] },
    };
  }
  return {
    checks,
    providers,
    open: reasons,
    deniedWhen: asked.flatMap(check =>
      authorizer === 'denies'
        ? conditionsOf(check)
        : providerRefuses(name, conditionsOf(check)),
    ),
  };
}

function providerRefuses(name: string, when: CallConditions): CallConditions {
  const refuses: CallConditions = [
    [{ subject: 'provider', operator: 'in', values: [name] }],
  ];
  return when.length > 0 ? bothOf(when, refuses) : refuses;
}
