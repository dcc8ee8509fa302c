import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { overlaps, resolveHost } from '../../hosts';
import { clusterDomain } from '../../injectorConfig';
import { VirtualService } from '../../objects';
import { compareSources } from '../../routing/candidates';
import { ConnectionRule } from '../../routing/connectionRules';
import { resolveGatewayName } from '../../routing/gatewayNames';
import { RouteSource } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { attachedConnections } from './attachedConnections';
import { boundSources, isListenerServer } from './boundSources';
import { GatewayServer } from './server';
import { hostsFor } from './serverHosts';

/** A source with its rules for connections; the names of Gateways in their conditions are full ones. */
export interface ConnectionSource {
  source: RouteSource;
  tcp: readonly ConnectionRule[];
  tls: readonly ConnectionRule[];
  /** Its `tls` rules also apply where the server ends TLS: those of a TLSRoute. */
  tlsAnywhere: boolean;
}

type Spec = NonNullable<VirtualService['spec']>;
type AnyRule =
  | NonNullable<Spec['tcp']>[number]
  | NonNullable<Spec['tls']>[number];

/**
 * The VirtualServices, TCPRoutes and TLSRoutes that are bound to a server and have one of its hosts, in the order in
 * which they count.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `pickMatchingGatewayHosts`.
 */
export function connectionSources(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
): ConnectionSource[] {
  const written = boundSources(snapshot, server, view).flatMap(source =>
    source.virtualService
      ? connectionRulesOf(snapshot, source, source.virtualService)
      : [],
  );
  const attached = isListenerServer(server)
    ? attachedConnections(snapshot, server)
    : [];
  return [...written, ...attached]
    .filter(({ source: { hosts, namespace } }) =>
      hostsFor(server, namespace).some(host =>
        hosts.some(other => overlaps(host, other)),
      ),
    )
    .sort((a, b) => compareSources(a.source, b.source, view));
}

/** The rules of a VirtualService for connections. */
export function connectionRulesOf(
  snapshot: MeshSnapshot,
  source: RouteSource,
  virtualService: VirtualService,
): ConnectionSource {
  const namespace = namespaceOf(virtualService);
  const domain = clusterDomain(snapshot);
  const ruleOf = (rule: AnyRule, field: string): ConnectionRule => ({
    written: {
      kind: 'networking.istio.io/VirtualService',
      object: virtualService,
      field,
    },
    route: (rule.route ?? []).map(({ destination, weight }) => ({
      destination: {
        ...destination,
        host: resolveHost(destination.host, namespace, domain),
      },
      ...(weight !== undefined && { weight }),
    })),
    matches: (rule.match ?? []).map(match => ({
      ...match,
      ...(match.gateways && {
        gateways: match.gateways.map(name =>
          resolveGatewayName(name, namespace),
        ),
      }),
    })),
  });
  const { tcp = [], tls = [] } = virtualService.spec ?? {};
  return {
    source,
    tcp: tcp.map((rule, index) => ruleOf(rule, `spec.tcp[${index}]`)),
    tls: tls.map((rule, index) => ruleOf(rule, `spec.tls[${index}]`)),
    tlsAnywhere: false,
  };
}
