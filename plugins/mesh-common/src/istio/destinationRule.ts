import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { backendRules } from './backendTls/backendRules';
import {
  isWildcard,
  mostSpecific,
  parseServiceHost,
  resolveHost,
} from './hosts';
import { clusterDomain } from './injectorConfig';
import { MeshConfig } from './meshConfig';
import {
  exportSet,
  hasSelector,
  MergedRule,
  mergedRules,
  mergeOrder,
} from './mergedRules';
import { DestinationRule } from './objects';

export type { MergedRule, Subset } from './mergedRules';

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
      mergeOrder,
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
 * one that selects the client comes first. What BackendTLSPolicies say for a host counts as a rule of their
 * namespace for just that host.
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
  const backend = backendRules(snapshot, namespace).get(host);
  if (backend && isIn(scope, backend, settings)) {
    candidates.set(host, [backend, ...(candidates.get(host) ?? [])]);
  }
  const match = mostSpecific(host, candidates);
  return match ? mergedRules(match.host, match.value) : [];
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
