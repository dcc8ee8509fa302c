import { isWildcard, parseServiceHost } from '../istio/hosts';
import { clusterDomain } from '../istio/injectorConfig';
import { MeshConfig } from '../istio/meshConfig';
import { DestinationRule } from '../istio/objects';
import { importsRoute, sidecarScope } from '../istio/sidecarScope';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { hostOfRule } from './destinationRuleHosts';

/**
 * Whether the Sidecar of a rule's namespace leaves its clients any service that the rule is for. Sidecars of single
 * workloads are not looked at.
 *
 * Upstream: kiali business/checkers/common/sidecar_import_scope.go.
 */
export function importsRuleHost(
  snapshot: MeshSnapshot,
  rule: DestinationRule,
  config: Pick<MeshConfig, 'rootNamespace' | 'outboundTrafficPolicy'>,
): boolean {
  const scope = sidecarScope(
    snapshot,
    { namespace: namespaceOf(rule) },
    config,
  );
  if ('value' in scope || !scope.sidecar) {
    return true;
  }
  const host = hostOfRule(snapshot, rule);
  const place = serviceNamespace(host, clusterDomain(snapshot));
  return [...ports(scope.egress)].some(port =>
    importsRoute(
      scope,
      { namespace: place ?? namespaceOf(rule), hosts: [host], strict: false },
      port,
    ),
  );
}

/** The namespace of the Services that a host is for, be it one or all of the namespace. */
function serviceNamespace(host: string, domain: string): string | undefined {
  return parseServiceHost(
    isWildcard(host) ? `any${host.slice(1)}` : host,
    domain,
  )?.namespace;
}

/** A port of each listener; one that stands for all ports has 0. */
function ports(egress: readonly { port?: number }[]): Set<number> {
  return new Set(egress.map(({ port }) => port ?? 0));
}
