import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { byAge } from './age';
import { BackendSettings, isBackendRule } from './backendTls/BackendRule';
import { DestinationRule, TrafficPolicy } from './objects';

/**
 * A subset of a DestinationRule.
 *
 * @public
 */
export type Subset = NonNullable<
  NonNullable<DestinationRule['spec']>['subsets']
>[number];

/**
 * DestinationRules of one host and namespace that act as one.
 *
 * @public
 */
export interface MergedRule {
  host: string;
  namespace: string;
  /** The first, which gives the visibility and the selector. */
  rule: DestinationRule;
  /** All that went in. */
  from: DestinationRule[];
  exportTo: ReadonlySet<string>;
  /** The first traffic policy that any of them has. */
  policy?: { policy: TrafficPolicy; rule: DestinationRule };
  subsets: { subset: Subset; rule: DestinationRule; index: number }[];
  /** What BackendTLSPolicies say for the host. */
  backend?: BackendSettings;
}

/**
 * Rules of one host and namespace become one where their `exportTo` is the same and their selectors are; of a
 * host written in two ways the order is by selector and age all the same. A rule that is exported more
 * widely is merged into the narrower one and also kept on its own.
 *
 * Upstream: pilot/pkg/model/destination_rule.go, `mergeDestinationRule`.
 */
export function mergedRules(
  host: string,
  rules: readonly DestinationRule[],
): MergedRule[] {
  const merged: MergedRule[] = [];
  for (const rule of [...rules].sort(mergeOrder)) {
    const exportTo = exportSet(rule);
    let separately = true;
    for (const known of merged) {
      const same = equal(exportTo, known.exportTo);
      separately = !same;
      const wider =
        known.exportTo.size > 0 &&
        [...known.exportTo].every(target => exportTo.has(target));
      if (same || wider) {
        const both = [rule, known.rule].filter(hasSelector).length;
        if (both === 2 && !sameSelector(rule, known.rule)) {
          separately = true;
        } else {
          separately = both === 1 ? separately : false;
          absorb(known, rule);
        }
      }
    }
    if (separately) {
      const fresh: MergedRule = {
        host,
        namespace: namespaceOf(rule),
        rule,
        from: [],
        exportTo,
        subsets: [],
      };
      absorb(fresh, rule);
      merged.push(fresh);
    }
  }
  return merged;
}

function absorb(into: MergedRule, rule: DestinationRule): void {
  if (isBackendRule(rule)) {
    into.backend ??= rule.backend;
    return;
  }
  into.from.push(rule);
  const { trafficPolicy, subsets = [] } = rule.spec ?? {};
  if (!into.policy && trafficPolicy) {
    into.policy = { policy: trafficPolicy, rule };
  }
  const known = new Set(into.subsets.map(({ subset }) => subset.name));
  subsets.forEach((subset, index) => {
    if (!known.has(subset.name)) {
      into.subsets.push({ subset, rule, index });
    }
  });
}

/** Those with a selector first, then what BackendTLSPolicies say (istiod makes it without an age), then by age. */
export function mergeOrder(a: DestinationRule, b: DestinationRule): number {
  return rankOf(a) - rankOf(b) || byAge(a, b);
}

function rankOf(rule: DestinationRule): number {
  if (hasSelector(rule)) {
    return 0;
  }
  return isBackendRule(rule) ? 1 : 2;
}

/** A rule with a selector is private, whatever it says. */
export function exportSet(rule: DestinationRule): ReadonlySet<string> {
  return new Set(hasSelector(rule) ? ['.'] : rule.spec?.exportTo ?? []);
}

export function hasSelector({ spec }: DestinationRule): boolean {
  return spec?.workloadSelector !== undefined;
}

function sameSelector(a: DestinationRule, b: DestinationRule): boolean {
  const of = ({ spec }: DestinationRule) =>
    spec?.workloadSelector?.matchLabels ?? {};
  return hasLabels(of(a), of(b)) && hasLabels(of(b), of(a));
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every(entry => b.has(entry));
}
