import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { isSubsetOf, isWildcard } from '../../hosts';
import { resolveDestination } from '../../routing/backends';
import { isCatchAll } from '../../routing/conditions';
import { chosenRules } from '../../routing/select';
import { RouteSource } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { Destination } from '../../objectParts';
import { RouteAlternative } from '../firstRule';
import { boundSources } from './boundSources';
import { GatewayServer } from './server';
import { commonHosts, hostsFor } from './serverHosts';

/** What answers requests for a host at a gateway. */
export interface GatewayVirtualHost {
  domain: string;
  /** In the order in which they are tried. */
  routes: readonly RouteAlternative[];
  /** The server that sends plaintext requests on to HTTPS, where one does. */
  redirectedBy?: GatewayServer;
}

/**
 * The virtual host of a listener that takes requests with a Host header, whose port does not count: of the hosts that
 * the bound routes and the servers have in common the one with just that name, else the one with the longest wildcard
 * for it. The routes of all sources for it follow each other, those of older ones first; what takes every request comes
 * last, in a source as well, where nothing after it counts.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayHTTPRouteConfig`;
 * pilot/pkg/networking/core/route/route.go, `BuildHTTPRoutesForVirtualService`, `SortVHostRoutes`.
 */
export function gatewayVirtualHost(
  snapshot: MeshSnapshot,
  servers: readonly GatewayServer[],
  authority: string,
  view: RouteView,
): GatewayVirtualHost | undefined {
  const name = authority.replace(/:\d+$/, '').toLowerCase();
  const built: BuiltRoutes = new Map();
  const offers = servers
    .flatMap(server => offersOf(snapshot, server, view, built))
    .filter(({ host }) => isSubsetOf(name, host));
  const [domain] = offers.map(({ host }) => host).sort(closerFirst);
  if (domain === undefined) {
    return undefined;
  }
  const own = offers.filter(({ host }) => host === domain);
  const routes = own.flatMap(offer => offer.routes);
  const redirecting = own.find(({ server }) => server.tls?.httpsRedirect);
  return {
    domain,
    routes: [
      ...routes.filter(({ match }) => !isCatchAll(match)),
      ...routes.filter(({ match }) => isCatchAll(match)),
    ],
    ...(redirecting && { redirectedBy: redirecting.server }),
  };
}

/** A host under which a server answers, with the routes of one source for it. */
interface Offer {
  host: string;
  server: GatewayServer;
  routes: readonly RouteAlternative[];
}

/**
 * The routes of sources, by Gateway and source. They are built once for all servers of a Gateway, with the port of the
 * first that has any: a condition on the port of another one then is not met.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayHTTPRouteConfig` (`gatewayRoutes`).
 */
type BuiltRoutes = Map<string, readonly RouteAlternative[]>;

function offersOf(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
  built: BuiltRoutes,
): Offer[] {
  const bound = boundSources(snapshot, server, view).flatMap(source => {
    const hosts = commonHosts(hostsFor(server, source.namespace), source.hosts);
    const key = `${server.gateway} ${source.namespace}/${source.name}`;
    const routes =
      hosts.length > 0
        ? built.get(key) ?? routesOf(snapshot, source, server, view)
        : [];
    if (routes.length > 0) {
      built.set(key, routes);
    }
    return routes.length > 0
      ? hosts.map(host => ({ host: host.toLowerCase(), server, routes }))
      : [];
  });
  return server.tls?.httpsRedirect
    ? [
        ...bound,
        ...server.hosts.map(host => ({
          host: host.toLowerCase(),
          server,
          routes: [],
        })),
      ]
    : bound;
}

/** Up to the first that takes every request. */
function routesOf(
  snapshot: MeshSnapshot,
  source: RouteSource,
  server: GatewayServer,
  view: RouteView,
): RouteAlternative[] {
  const { number: port } = server.port;
  const context = {
    snapshot,
    config: view.config,
    port,
    resolve: (destination: Destination) =>
      resolveDestination(snapshot, destination, port, view),
  };
  const all = chosenRules(source, port, {
    ...view,
    gateway: server.gateway,
  }).rules.flatMap(({ rule, alternatives }) =>
    alternatives.map(({ match }) => ({ rule, match, context })),
  );
  const last = all.findIndex(({ match }) => isCatchAll(match));
  return last < 0 ? all : all.slice(0, last + 1);
}

function closerFirst(a: string, b: string): number {
  return Number(isWildcard(a)) - Number(isWildcard(b)) || b.length - a.length;
}
