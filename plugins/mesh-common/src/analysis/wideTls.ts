import { isSubsetOf, isWildcard } from '../istio/hosts';
import { clusterDomain } from '../istio/injectorConfig';
import { DestinationRule } from '../istio/objects';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { hostOfRule, rulesOfHost, wildcardRules } from './destinationRuleHosts';

/** What a DestinationRule tells clients about TLS, for all ports and subsets. */
export type WrittenTls = 'DISABLE' | 'SIMPLE' | 'MUTUAL' | 'ISTIO_MUTUAL';

/** The TLS mode that a rule sets for its whole host; undefined where it sets none. */
export function tlsOf({ spec }: DestinationRule): WrittenTls | undefined {
  const tls = spec?.trafficPolicy?.tls;
  return tls && (tls.mode ?? 'DISABLE');
}

/** Whether a TLS mode is one in which clients show a certificate. */
export function isMutual(mode: WrittenTls | undefined): boolean {
  return mode === 'ISTIO_MUTUAL' || mode === 'MUTUAL';
}

/** Whether the host of a rule takes in every Service of the cluster, such as `*.local`. */
export function isMeshWide(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
): boolean {
  const host = hostOfRule(snapshot, rule);
  return (
    isWildcard(host) && isSubsetOf(`*.svc.${clusterDomain(snapshot)}`, host)
  );
}

/** Whether the host of a rule takes in every Service of a namespace, and of no other. */
export function isNamespaceWide(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
  namespace = namespaceOf(rule),
): boolean {
  return hostOfRule(snapshot, rule) === namespaceHost(snapshot, namespace);
}

/** The rules for all Services of a namespace that say something about TLS. */
export function namespaceTlsRules(
  snapshot: MeshSnapshot,
  namespace: string,
): DestinationRule[] {
  return rulesOfHost(snapshot, namespaceHost(snapshot, namespace)).filter(
    rule => tlsOf(rule) !== undefined,
  );
}

/** The rules for all Services of the cluster that say something about TLS. */
export function meshTlsRules(snapshot: MeshSnapshot): DestinationRule[] {
  return wildcardRules(snapshot).filter(
    rule => tlsOf(rule) !== undefined && isMeshWide(snapshot, rule),
  );
}

function namespaceHost(snapshot: MeshSnapshot, namespace: string): string {
  return `*.${namespace}.svc.${clusterDomain(snapshot)}`;
}
