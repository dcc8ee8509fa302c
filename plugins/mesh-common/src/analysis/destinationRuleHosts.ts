import { byAge } from '../istio/age';
import { isWildcard, overlaps, resolveHost } from '../istio/hosts';
import { clusterDomain } from '../istio/injectorConfig';
import { DestinationRule } from '../istio/objects';
import { namespaceOf } from '../kubernetes/objects';
import { addTo } from '../snapshot/addTo';
import { defineClusterIndex } from '../snapshot/defineClusterIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

interface HostIndex {
  exact: ReadonlyMap<string, readonly DestinationRule[]>;
  wildcards: readonly DestinationRule[];
}

/** Short hosts depend on the domain of the cluster, which is known where the index is read. */
const index = defineClusterIndex(
  'networking.istio.io/DestinationRule',
  rules => rules,
  parts => {
    const all = parts.flat();
    const byDomain = new Map<string, HostIndex>();
    return (domain: string): HostIndex => {
      const known = byDomain.get(domain) ?? build(all, domain);
      byDomain.set(domain, known);
      return known;
    };
  },
);

function build(rules: readonly DestinationRule[], domain: string): HostIndex {
  const exact = new Map<string, DestinationRule[]>();
  const wildcards: DestinationRule[] = [];
  for (const rule of [...rules].sort(byAge)) {
    const host = fullHost(rule, domain);
    addTo(exact, host, rule);
    if (isWildcard(host)) {
      wildcards.push(rule);
    }
  }
  return { exact, wildcards };
}

/** The host of a rule, in full. */
export function hostOfRule(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
): string {
  return fullHost(rule, clusterDomain(snapshot));
}

/** The namespaces whose clients may use a rule, as far as it names them: its own, and those that it is exported to. */
export function namespacesOfRule(rule: DestinationRule): string[] {
  const named = (rule.spec?.exportTo ?? []).filter(
    place => !['*', '.', '~'].includes(place),
  );
  return [namespaceOf(rule), ...named];
}

const ofHost = defineQuestion<readonly DestinationRule[]>(
  (snapshot, host) =>
    index(snapshot)(clusterDomain(snapshot)).exact.get(host) ?? [],
  sameItems,
);

/** The rules of all namespaces for exactly this host, older first. */
export function rulesOfHost(
  snapshot: MeshSnapshot,
  host: string,
): readonly DestinationRule[] {
  return ofHost(snapshot, host);
}

/** The rules of all namespaces whose host is a wildcard. */
export function wildcardRules(
  snapshot: MeshSnapshot,
): readonly DestinationRule[] {
  return index(snapshot)(clusterDomain(snapshot)).wildcards;
}

/** The rules of all namespaces that are for some host which this one is for, too, older first. */
export function overlappingRules(
  snapshot: MeshSnapshot,
  host: string,
): DestinationRule[] {
  const domain = clusterDomain(snapshot);
  const { exact, wildcards } = index(snapshot)(domain);
  const found = isWildcard(host)
    ? [...exact].flatMap(([other, rules]) =>
        overlaps(other, host) ? rules : [],
      )
    : [
        ...(exact.get(host) ?? []),
        ...wildcards.filter(rule => overlaps(fullHost(rule, domain), host)),
      ];
  return found.sort(byAge);
}

function fullHost(rule: DestinationRule, domain: string): string {
  return resolveHost(rule.spec?.host ?? '', namespaceOf(rule), domain);
}
