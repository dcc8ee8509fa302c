import { Reason } from '../../contract/common';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { byAge, compare } from '../age';
import { AnyLinkerdRoute, routeName } from '../linkerdRoutes';
import { acceptanceOf, notUsed } from '../routeAcceptance';
import { brokenRoute } from './brokenRoute';
import { OutboundParent } from './policy';
import { RouteOfParent, routesOfParent } from './routesOfParent';

/** The routes that count for a client and a port of a parent, the oldest first. */
export interface AcceptedRoutes {
  routes: AnyLinkerdRoute[];
  /** Routes that name the parent and have no effect, with why. */
  ignored: Reason[];
  /** Over files. */
  predicted: boolean;
}

/**
 * The routes of a port of a parent for clients of a namespace: those with the parent as it is, or with this port of
 * it, that the controller accepted and can use, and that are written in the namespace of the parent (for all
 * clients) or of the client (for its own). EgressNetworks have routes for a port only.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `apply_{http,grpc,tls,tcp}_route`; grpc/src/outbound.rs,
 * `timestamp_then_name`.
 */
export function acceptedRoutes(
  snapshot: MeshSnapshot,
  parent: OutboundParent,
  port: number,
  clientNamespace: string,
): AcceptedRoutes {
  const ignored: Reason[] = [];
  let predicted = false;
  const routes = candidatesOf(snapshot, parent, port)
    .filter(candidate => {
      const found = usability(snapshot, candidate, port, clientNamespace);
      predicted ||= found.predicted;
      if (found.reason) {
        ignored.push(found.reason);
      }
      return !found.reason;
    })
    .map(({ route }) => route)
    .sort(
      (a, b) => byAge(a.route, b.route) || compare(routeName(a), routeName(b)),
    );
  return { routes: [...new Set(routes)], ignored, predicted };
}

/** The routes with a parentRef for the port or for all ports; of two such parentRefs the one that may be accepted. */
function candidatesOf(
  snapshot: MeshSnapshot,
  parent: OutboundParent,
  port: number,
): RouteOfParent[] {
  if (parent.kind === 'egress-fallback') {
    return [];
  }
  const seen = new Map<unknown, RouteOfParent>();
  for (const candidate of routesOfParent(snapshot, parent)) {
    const { referent, route } = candidate;
    const fits = referent.port === undefined || referent.port === port;
    if (fits && (!seen.has(route.route) || referent.port === port)) {
      seen.set(route.route, candidate);
    }
  }
  return [...seen.values()];
}

function usability(
  snapshot: MeshSnapshot,
  { route, referent, field }: RouteOfParent,
  port: number,
  clientNamespace: string,
): { reason?: Reason; predicted: boolean } {
  const acceptance = acceptanceOf(snapshot, route, { referent, field }, port);
  const { predicted } = acceptance;
  const reason =
    acceptance.reason ??
    withoutPort(snapshot, { route, referent, field }) ??
    brokenRoute(snapshot, route) ??
    ofOthers(snapshot, { route, referent, field }, clientNamespace);
  return { predicted, ...(reason && { reason }) };
}

function withoutPort(
  snapshot: MeshSnapshot,
  { route, referent, field }: RouteOfParent,
): Reason | undefined {
  return referent.kind === 'EgressNetwork' && referent.port === undefined
    ? notUsed(
        snapshot,
        route,
        'a parentRef to an EgressNetwork must name a port',
        field,
      )
    : undefined;
}

function ofOthers(
  snapshot: MeshSnapshot,
  { route, referent }: RouteOfParent,
  clientNamespace: string,
): Reason | undefined {
  const namespace = namespaceOf(route.route);
  return namespace === referent.namespace || namespace === clientNamespace
    ? undefined
    : notUsed(
        snapshot,
        route,
        `it is not in the namespace of the ${referent.kind}, so it counts for clients of ${namespace} only, and the client is in ${clientNamespace}`,
        'metadata.namespace',
      );
}
