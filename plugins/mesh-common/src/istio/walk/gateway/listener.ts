import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { ConnectionRule } from '../../routing/connectionRules';
import { RouteView } from '../../routing/view';
import { Chain } from '../listener/chains';
import { tcpRuleOf, tlsRulesOf } from './connections';
import { MergedServers, PortServers } from './mergedServers';
import { parseProtocol, isHttp } from '../../protocol';
import { endsHttps, GatewayServer, passesThrough, sniHostsOf } from './server';

/** What a gateway does with a connection that one of its chains takes. */
export type GatewayTarget = {
  server: GatewayServer;
  /** The chain ends the client's TLS, so that nothing else gets through. */
  endsTls: boolean;
} & (
  | { to: 'routes'; servers: readonly GatewayServer[] }
  | { to: 'rule'; rule: ConnectionRule }
  /** To the destination that the server name spells. */
  | { to: 'server-name' }
);

/**
 * The chains of a listener. HTTP servers share one for all connections; servers with TLS have one each, for the names of
 * their hosts, or, where TLS passes through, one for each rule's names. A server without routes for connections has
 * none, and where there are none at all nothing listens.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayListeners`, `createGatewayTCPFilterChainOpts`.
 */
export function gatewayChains(
  snapshot: MeshSnapshot,
  merged: readonly MergedServers[],
  { sharedRoutes }: Pick<PortServers, 'sharedRoutes'>,
  view: RouteView,
): Chain<GatewayTarget>[] {
  const taken = new Map<string, string>();
  return merged.flatMap(({ protocol, servers }) => {
    if (isHttp(parseProtocol(protocol) ?? 'tcp')) {
      const [server] = servers;
      return [
        chain([], {
          server,
          endsTls: false,
          to: 'routes',
          servers: sharedRoutes(server),
        }),
      ];
    }
    return servers.flatMap(server =>
      endsHttps(server)
        ? [
            chain(sniHostsOf(server), {
              server,
              endsTls: true,
              to: 'routes',
              servers: sharedRoutes(server),
            }),
          ]
        : connectionChains(snapshot, server, view, taken),
    );
  });
}

function connectionChains(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
  taken: Map<string, string>,
): Chain<GatewayTarget>[] {
  if (server.tls?.mode === 'AUTO_PASSTHROUGH') {
    return [chain([], { server, endsTls: false, to: 'server-name' })];
  }
  if (passesThrough(server)) {
    return tlsRulesOf(snapshot, server, view, taken).map(rule =>
      chain(
        rule.matches.flatMap(({ sniHosts = [] }) => sniHosts),
        { server, endsTls: false, to: 'rule', rule },
      ),
    );
  }
  const rule = tcpRuleOf(snapshot, server, view);
  return rule
    ? [
        chain(server.tls ? sniHostsOf(server) : [], {
          server,
          endsTls: server.tls !== undefined,
          to: 'rule',
          rule,
        }),
      ]
    : [];
}

function chain(
  sniHosts: readonly string[],
  leadsTo: GatewayTarget,
): Chain<GatewayTarget> {
  return { sniHosts, ranges: [], httpOnly: false, leadsTo };
}
