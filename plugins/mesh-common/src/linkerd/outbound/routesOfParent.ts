import { isService, Referent } from '../../gateway-api/references';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  AnyLinkerdRoute,
  GRPC_ROUTE_KIND,
  parentsOf,
  TCP_ROUTE_KIND,
  TLS_ROUTE_KIND,
} from '../linkerdRoutes';
import { isEgressNetwork } from '../routeParents';

/** A route, and the one of its parentRefs that names the parent. */
export interface RouteOfParent {
  route: AnyLinkerdRoute;
  referent: Referent;
  /** Path of the parentRef in the route. */
  field: string;
}

/** What routes of clients have as parent. */
export interface RouteParentKey {
  kind: 'Service' | 'EgressNetwork';
  namespace: string;
  name: string;
}

const POLICY_HTTP_ROUTE_KIND = 'policy.linkerd.io/HTTPRoute';
const GATEWAY_HTTP_ROUTE_KIND = 'gateway.networking.k8s.io/HTTPRoute';

/** One parentRef of a route. */
interface Entry {
  namespace: string;
  /** Absent: clients apply no routes to what it names. */
  key?: string;
  route: RouteOfParent;
}

interface RouteIndex {
  routes: ReadonlyMap<string, readonly RouteOfParent[]>;
  /** Where the parents are. */
  namespaces: ReadonlySet<string>;
}

const INDEXES = [
  defineClusterIndex(
    GRPC_ROUTE_KIND,
    routes =>
      routes.flatMap(route => entriesOf({ kind: GRPC_ROUTE_KIND, route })),
    byParent,
  ),
  defineClusterIndex(
    POLICY_HTTP_ROUTE_KIND,
    routes =>
      routes.flatMap(route =>
        entriesOf({ kind: POLICY_HTTP_ROUTE_KIND, route }),
      ),
    byParent,
  ),
  defineClusterIndex(
    GATEWAY_HTTP_ROUTE_KIND,
    routes =>
      routes.flatMap(route =>
        entriesOf({ kind: GATEWAY_HTTP_ROUTE_KIND, route }),
      ),
    byParent,
  ),
  defineClusterIndex(
    TLS_ROUTE_KIND,
    routes =>
      routes.flatMap(route => entriesOf({ kind: TLS_ROUTE_KIND, route })),
    byParent,
  ),
  defineClusterIndex(
    TCP_ROUTE_KIND,
    routes =>
      routes.flatMap(route => entriesOf({ kind: TCP_ROUTE_KIND, route })),
    byParent,
  ),
];

/** Whether a route has a parent in a namespace, of whatever kind. */
export function hasRoutedParents(
  snapshot: MeshSnapshot,
  namespace: string,
): boolean {
  return INDEXES.some(index => index(snapshot).namespaces.has(namespace));
}

/** The routes of any namespace one of whose parentRefs names a Service or an EgressNetwork, once for each such parentRef. */
export function routesOfParent(
  snapshot: MeshSnapshot,
  parent: RouteParentKey,
): RouteOfParent[] {
  const key = keyOf(parent);
  return INDEXES.flatMap(index => [...(index(snapshot).routes.get(key) ?? [])]);
}

function entriesOf(route: AnyLinkerdRoute): Entry[] {
  return parentsOf(route).map(({ referent, field }) => {
    const kind = parentKind(referent);
    return {
      namespace: referent.namespace,
      ...(kind && { key: keyOf({ ...referent, kind }) }),
      route: { route, referent, field },
    };
  });
}

function byParent(parts: readonly (readonly Entry[])[]): RouteIndex {
  const routes = new Map<string, RouteOfParent[]>();
  const namespaces = new Set<string>();
  for (const { namespace, key, route } of parts.flat()) {
    namespaces.add(namespace);
    if (key !== undefined) {
      const known = routes.get(key);
      if (known) {
        known.push(route);
      } else {
        routes.set(key, [route]);
      }
    }
  }
  return { routes, namespaces };
}

/** What a parentRef names, if clients apply routes there. */
function parentKind(referent: Referent): RouteParentKey['kind'] | undefined {
  if (isService(referent)) {
    return 'Service';
  }
  return isEgressNetwork(referent) ? 'EgressNetwork' : undefined;
}

function keyOf({ kind, namespace, name }: RouteParentKey): string {
  return `${kind}/${namespace}/${name}`;
}
