import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { ConnectionMatch, ConnectionRule } from '../../routing/connectionRules';
import { RouteView } from '../../routing/view';
import { connectionSources } from './connectionSources';
import { GatewayServer } from './server';

/**
 * The rule that a server applies to all its connections, in plaintext or once TLS has ended: the first of those for its
 * hosts that is for its port and Gateway; addresses, and labels and namespaces of clients, do not count.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayNetworkFiltersFromTCPRoutes`.
 */
export function tcpRuleOf(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
): ConnectionRule | undefined {
  const found = connectionSources(snapshot, server, view)
    .flatMap(({ tcp, tls, tlsAnywhere }) => [
      ...tcp,
      ...(tlsAnywhere ? tls : []),
    ])
    .find(
      ({ route, matches }) =>
        route.length > 0 &&
        (matches.length === 0 || matches.some(match => isFor(match, server))),
    );
  return found && { ...found, matches: [] };
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
  return connectionSources(snapshot, server, view)
    .flatMap(({ tls }) => tls)
    .flatMap(rule =>
      rule.matches
        .filter(match => {
          const names = match.sniHosts ?? [];
          const fresh =
            rule.route.length > 0 &&
            isFor(match, server) &&
            !names.some(name => taken.get(name) === server.bind);
          if (fresh) {
            names.forEach(name => taken.set(name, server.bind));
          }
          return fresh;
        })
        .map(match => ({ ...rule, matches: [match] })),
    );
}

/** Whether a condition is for a server, by its port and Gateway. */
export function isFor(
  { port, gateways = [] }: ConnectionMatch,
  server: GatewayServer,
): boolean {
  return (
    (!port || port === server.port.number) &&
    (gateways.length === 0 || gateways.includes(server.gateway))
  );
}
