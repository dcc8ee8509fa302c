import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge } from './age';
import {
  isWildcard,
  mostSpecific,
  parseServiceHost,
  resolveHost,
} from './hosts';
import { clusterDomain } from './injectorConfig';
import { MeshConfig } from './meshConfig';
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
}

/** Who asks for the rule of a host. */
export interface RuleClient {
  /** Absent: somewhere else than any namespace that matters. */
  namespace?: string;
  /** Absent: no workload in particular; rules with a selector then do not count. */
  labels?: Readonly<Record<string, string>>;
}

type RuleSettings = Pick<
  MeshConfig,
  'rootNamespace' | 'defaultDestinationRuleExportTo'
>;

/** Which rules of a namespace are looked at. */
type Scope = 'own' | 'exported' | 'private';

/** By host as it is written; of one host those with a selector first, then by age. */
const rulesByHost = defineIndex(
  ['networking.istio.io/DestinationRule'],
  ({ objects }) => {
    const byHost = new Map<string, DestinationRule[]>();
    const sorted = [...objects('networking.istio.io/DestinationRule')].sort(
      (a, b) =>
        Number(!hasSelector(a)) - Number(!hasSelector(b)) || byAge(a, b),
    );
    for (const rule of sorted) {
      const host = rule.spec?.host ?? '';
      byHost.set(host, [...(byHost.get(host) ?? []), rule]);
    }
    return { byHost, wildcards: [...byHost.keys()].filter(isWildcard) };
  },
);

/**
 * The DestinationRule that a client uses for the host of a service. The namespaces of the client (where every
 * rule counts), of the service and the root namespace (where exported ones count) are looked at in turn. In
 * the first that has a rule for the host (itself, else the longest wildcard) the search ends, also where
 * that rule turns out not to be exported to the client (then the next namespace is looked at), or not to
 * select it (then there is none). Of rules with a selector, which count in the client's own namespace only,
 * one that selects the client comes first.
 *
 * Upstream: pilot/pkg/model/push_context.go, `destinationRule`; pilot/pkg/model/sidecar.go, `DestinationRule`.
 */
export function destinationRuleFor(
  snapshot: MeshSnapshot,
  client: RuleClient,
  service: { host: string; namespace: string },
  settings: RuleSettings,
): MergedRule | undefined {
  const found = rulesEndingSearch(snapshot, client, service, settings);
  return found.length > 0 ? selected(found, client) : undefined;
}

/** The rules at which that search ends, whether they select the client or not. */
export function rulesEndingSearch(
  snapshot: MeshSnapshot,
  client: RuleClient,
  service: { host: string; namespace: string },
  settings: RuleSettings,
): MergedRule[] {
  for (const { namespace, scope } of steps(client, service, settings)) {
    const found = rulesIn(snapshot, namespace, scope, service.host, settings);
    const visible =
      scope === 'exported'
        ? found.filter(({ exportTo }) =>
            isExportedTo(exportTo, client.namespace),
          )
        : found;
    if (visible.length > 0) {
      return visible;
    }
  }
  return [];
}

function steps(
  { namespace }: RuleClient,
  service: { namespace: string },
  { rootNamespace }: RuleSettings,
): { namespace: string; scope: Scope }[] {
  return [
    ...(namespace === undefined
      ? []
      : [
          {
            namespace,
            scope: namespace === rootNamespace ? 'private' : 'own',
          } as const,
        ]),
    { namespace: service.namespace, scope: 'exported' },
    { namespace: rootNamespace, scope: 'exported' },
  ];
}

function rulesIn(
  snapshot: MeshSnapshot,
  namespace: string,
  scope: Scope,
  host: string,
  settings: RuleSettings,
): MergedRule[] {
  const candidates = new Map<string, DestinationRule[]>();
  const domain = clusterDomain(snapshot);
  const { byHost, wildcards } = rulesByHost(snapshot, namespace);
  const short = parseServiceHost(host, domain);
  const spellings = new Set([
    host,
    ...(short?.namespace === namespace ? [short.name] : []),
    ...wildcards,
  ]);
  for (const written of spellings) {
    const inScope = (byHost.get(written) ?? []).filter(rule =>
      isIn(scope, rule, settings),
    );
    if (inScope.length > 0) {
      const resolved = resolveHost(written, namespace, domain);
      candidates.set(resolved, [
        ...(candidates.get(resolved) ?? []),
        ...inScope,
      ]);
    }
  }
  const match = mostSpecific(host, candidates);
  return match ? merge(match.host, match.value) : [];
}

/**
 * Rules of one host and namespace become one where their `exportTo` is the same and their selectors are; of a
 * host written in two ways the order is by selector and age all the same. A rule that is exported more
 * widely is merged into the narrower one and also kept on its own.
 *
 * Upstream: pilot/pkg/model/destination_rule.go, `mergeDestinationRule`.
 */
function merge(host: string, rules: readonly DestinationRule[]): MergedRule[] {
  const merged: MergedRule[] = [];
  for (const rule of [...rules].sort(
    (a, b) => Number(!hasSelector(a)) - Number(!hasSelector(b)) || byAge(a, b),
  )) {
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

/** Of rules that are kept apart the last one without a selector counts, unless one selects the client. */
function selected(
  rules: readonly MergedRule[],
  { namespace, labels }: RuleClient,
): MergedRule | undefined {
  const selecting = rules.find(
    ({ rule }) =>
      hasSelector(rule) &&
      namespaceOf(rule) === namespace &&
      labels !== undefined &&
      hasLabels(labels, rule.spec?.workloadSelector?.matchLabels ?? {}),
  );
  return selecting ?? rules.filter(({ rule }) => !hasSelector(rule)).at(-1);
}

function isIn(
  scope: Scope,
  rule: DestinationRule,
  { defaultDestinationRuleExportTo }: RuleSettings,
): boolean {
  const exportTo = exportSet(rule);
  const own = namespaceOf(rule);
  if (scope === 'own') {
    return (
      exportTo.size === 0 ||
      ['*', '.', own].some(target => exportTo.has(target))
    );
  }
  const isPrivate =
    exportTo.size === 0
      ? defaultDestinationRuleExportTo.includes('.')
      : exportTo.size === 1 && (exportTo.has('.') || exportTo.has(own));
  return scope === 'private' ? isPrivate : !isPrivate;
}

function isExportedTo(
  exportTo: ReadonlySet<string>,
  namespace: string | undefined,
): boolean {
  return (
    exportTo.size === 0 ||
    exportTo.has('*') ||
    (namespace !== undefined && exportTo.has(namespace))
  );
}

/** A rule with a selector is private, whatever it says. */
function exportSet(rule: DestinationRule): ReadonlySet<string> {
  return new Set(hasSelector(rule) ? ['.'] : rule.spec?.exportTo ?? []);
}

function hasSelector({ spec }: DestinationRule): boolean {
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
