import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { overlaps, resolveHost } from '../../hosts';
import { clusterDomain } from '../../injectorConfig';
import { VirtualService } from '../../objects';
import { ConnectionMatch, ConnectionRule } from '../../routing/connectionRules';
import { resolveGatewayName } from '../../routing/gatewayNames';
import { RouteView } from '../../routing/view';
import { boundSources } from './boundSources';
import { GatewayServer } from './server';
import { hostsFor } from './serverHosts';

type Spec = NonNullable<VirtualService['spec']>;
type TcpRoute = NonNullable<Spec['tcp']>[number];
type TlsRoute = NonNullable<Spec['tls']>[number];

/**
 * The `tcp` rule that a server applies to all its connections: the first of the VirtualServices for its hosts that is
 * for its port and Gateway; addresses, and labels and namespaces of clients, do not count.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayNetworkFiltersFromTCPRoutes`.
 */
export function tcpRuleOf(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
): ConnectionRule | undefined {
  for (const virtualService of servedBy(snapshot, server, view)) {
    for (const [index, route] of (virtualService.spec?.tcp ?? []).entries()) {
      const { match = [] } = route;
      const applies =
        match.length === 0 ||
        match.some(one => isFor(one, server, virtualService));
      if (route.route?.length && applies) {
        return ruleOf(
          snapshot,
          virtualService,
          `spec.tcp[${index}]`,
          route,
          [],
        );
      }
    }
  }
  return undefined;
}

/**
 * The `tls` rules of a server that lets TLS pass through, each alternative with its server names. Names that another
 * one has already, also of another server on the port, make the whole alternative drop out; `taken` are those.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayNetworkFiltersFromTLSRoutes`.
 */
export function tlsRulesOf(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
  taken: Map<string, string>,
): ConnectionRule[] {
  return servedBy(snapshot, server, view).flatMap(virtualService =>
    (virtualService.spec?.tls ?? []).flatMap((route, index) =>
      (route.match ?? [])
        .filter(match => {
          const names = match.sniHosts ?? [];
          const fresh =
            Boolean(route.route?.length) &&
            isFor(match, server, virtualService) &&
            !names.some(name => taken.get(name) === server.bind);
          if (fresh) {
            names.forEach(name => taken.set(name, server.bind));
          }
          return fresh;
        })
        .map(match =>
          ruleOf(snapshot, virtualService, `spec.tls[${index}]`, route, [
            match,
          ]),
        ),
    ),
  );
}

/** The VirtualServices bound to the server that have one of its hosts. */
function servedBy(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
): VirtualService[] {
  return boundSources(snapshot, server, view)
    .filter(({ hosts, namespace }) =>
      hostsFor(server, namespace).some(host =>
        hosts.some(other => overlaps(host, other)),
      ),
    )
    .flatMap(({ virtualService }) => virtualService ?? []);
}

function isFor(
  { port, gateways = [] }: ConnectionMatch,
  server: GatewayServer,
  virtualService: VirtualService,
): boolean {
  const namespace = namespaceOf(virtualService);
  return (
    (!port || port === server.port.number) &&
    (gateways.length === 0 ||
      gateways.some(
        name => resolveGatewayName(name, namespace) === server.gateway,
      ))
  );
}

function ruleOf(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
  field: string,
  { route = [] }: TcpRoute | TlsRoute,
  matches: readonly ConnectionMatch[],
): ConnectionRule {
  const namespace = namespaceOf(virtualService);
  const domain = clusterDomain(snapshot);
  return {
    written: {
      kind: 'networking.istio.io/VirtualService',
      object: virtualService,
      field,
    },
    route: route.map(({ destination, weight }) => ({
      destination: {
        ...destination,
        host: resolveHost(destination.host, namespace, domain),
      },
      ...(weight !== undefined && { weight }),
    })),
    matches,
  };
}
