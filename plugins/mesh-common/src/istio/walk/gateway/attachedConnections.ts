import { mayRefer } from '../../../gateway-api/grants';
import { namespaceOf } from '../../../kubernetes/objects';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { timeOf } from '../../age';
import {
  connectionRouteProblem,
  connectionRuleOf,
  connectionSourceName,
  ruleIndexes,
} from '../../routing/gatewayApiConnections';
import { notAccepted } from '../../routing/gatewayApiStatus';
import { hostnamesOf, whyNotAttached } from './attachment';
import type { ConnectionSource } from './connectionSources';
import { ListenerServer } from './listenerServers';
import {
  ConnectionRouteOfGateway,
  isForConnections,
  routesOfOwner,
} from './routesOfGateway';
import { commonHosts } from './serverHosts';

/**
 * The rules for connections of the TCPRoutes and TLSRoutes that are attached to a listener. A TLSRoute is for the
 * names that its hosts and the listener's have in common.
 *
 * Upstream: pilot/pkg/config/kube/gateway/route_collections.go, `TCPRouteCollection`, `TLSRouteCollection`;
 * conversion.go, `convertTCPRoute`, `convertTLSRoute`.
 */
export function attachedConnections(
  snapshot: MeshSnapshot,
  server: ListenerServer,
): ConnectionSource[] {
  return routesOfOwner(snapshot, server.owner)
    .filter(isForConnections)
    .filter(
      route =>
        whyNotAttached(route, server) === undefined &&
        !notAccepted(snapshot, route.object, route) &&
        connectionRouteProblem(route.object) === undefined,
    )
    .flatMap(route => connectionSourcesOf(snapshot, route, server));
}

/** The sources of a route that is attached. */
export function connectionSourcesOf(
  snapshot: MeshSnapshot,
  route: ConnectionRouteOfGateway,
  { listener }: ListenerServer,
): ConnectionSource[] {
  const { kind, object } = route;
  const isTls = kind === 'gateway.networking.k8s.io/TLSRoute';
  const hosts =
    isTls && listener.hostname
      ? commonHosts(hostnamesOf(route), [listener.hostname])
      : hostnamesOf(route);
  const from = { kind: object.kind, namespace: namespaceOf(object) };
  const rules = ruleIndexes(route).map(index =>
    connectionRuleOf(
      snapshot,
      route,
      index,
      isTls ? [{ sniHosts: [...hosts] }] : [],
      backend => mayRefer(snapshot, from, backend),
    ),
  );
  return hosts.map((host, index) => ({
    source: {
      from: 'gateway-api',
      hosts: [host],
      namespace: namespaceOf(object),
      name: connectionSourceName(route, index),
      time: timeOf(object),
      objects: [{ kind, object }],
      rules: () => ({ rules: [], dropped: [] }),
    },
    tcp: isTls ? [] : rules,
    tls: isTls ? rules : [],
    tlsAnywhere: isTls,
  }));
}
