import { mayRefer } from '../../../gateway-api/grants';
import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterDomain } from '../../injectorConfig';
import { convertRoute } from '../../routing/gatewayApiRules';
import { notAccepted } from '../../routing/gatewayApiStatus';
import { ConvertedRoute, mergedRoutes } from '../../routing/mergedRoutes';
import { RouteSource } from '../../routing/source';
import { hostnamesOf, isOwnHost, whyNotAttached } from './attachment';
import { ListenerServer } from './listenerServers';
import {
  HttpRouteOfGateway,
  isForConnections,
  RouteOfGateway,
  routesOfOwner,
} from './routesOfGateway';

/**
 * The sources that the HTTPRoutes and GRPCRoutes make which are attached to a listener, one for each host. On a
 * cluster Istio's controller has to have accepted the route, too.
 *
 * Upstream: pilot/pkg/config/kube/gateway/route_collections.go, `HTTPRouteCollection`, `mergeHTTPRoutes`.
 */
export function attachedSources(
  snapshot: MeshSnapshot,
  server: ListenerServer,
): RouteSource[] {
  const byHost = new Map<string, Map<string, ConvertedRoute>>();
  for (const route of routesOfOwner(snapshot, server.owner)) {
    const converted =
      !isForConnections(route) &&
      whyNotAttached(route, server) === undefined &&
      !notAccepted(snapshot, route.object, route)
        ? convertedAtGateway(snapshot, route)
        : undefined;
    if (converted) {
      for (const host of hostnamesOf(route)) {
        if (isOwnHost(host, server)) {
          const known = byHost.get(host) ?? new Map<string, ConvertedRoute>();
          // By two of its parentRefs a route comes to a listener but once.
          byHost.set(host, known.set(keyOf(route), converted));
        }
      }
    }
  }
  return [...byHost].map(([host, routes]) =>
    mergedRoutes(host, `${server.gateway}/${host}`.replaceAll('/', '~'), [
      ...routes.values(),
    ]),
  );
}

function keyOf({ kind, object }: RouteOfGateway): string {
  return JSON.stringify([kind, namespaceOf(object), object.metadata.name]);
}

/** The rules of a route at a gateway; undefined where istiod makes nothing of it. */
export function convertedAtGateway(
  snapshot: MeshSnapshot,
  route: HttpRouteOfGateway,
): ConvertedRoute | undefined {
  const { object } = route;
  const converted = convertRoute(route, {
    domain: clusterDomain(snapshot),
    serviceExists: (namespace, name) =>
      snapshot.get('Service', namespace, name) !== undefined,
    mayRefer: backend =>
      mayRefer(
        snapshot,
        { kind: object.kind, namespace: namespaceOf(object) },
        backend,
      ),
  });
  return 'problem' in converted || converted.rules.length === 0
    ? undefined
    : { written: route, rules: converted.rules };
}
