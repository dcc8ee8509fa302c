import { namespaceOf } from '../kubernetes/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { ConnectionRoute, GRPCRoute, HTTPRoute } from './objects';
import { isService, parentOf, Referent } from './references';

/** The kinds of routes that can have a Service as parent, and their objects. */
export interface ServiceRouteKinds {
  'gateway.networking.k8s.io/HTTPRoute': HTTPRoute;
  'gateway.networking.k8s.io/GRPCRoute': GRPCRoute;
  'gateway.networking.k8s.io/TLSRoute': ConnectionRoute;
  'gateway.networking.k8s.io/TCPRoute': ConnectionRoute;
  'policy.linkerd.io/HTTPRoute': HTTPRoute;
}

export type ServiceRouteKind = keyof ServiceRouteKinds;

/** A route, and the one of its parentRefs that names the Service. */
export interface RouteOfService<K extends ServiceRouteKind> {
  kind: K;
  route: ServiceRouteKinds[K];
  parent: Referent;
  /** Path of the parentRef in the route. */
  field: string;
}

/** What routes in a mesh have as parent. */
export interface ParentService {
  /** A Service unless said otherwise. */
  kind?: 'Service' | 'ServiceEntry';
  namespace: string;
  name: string;
}

type Index<K extends ServiceRouteKind> = (
  snapshot: MeshSnapshot,
  namespace: string,
) => ReadonlyMap<string, readonly RouteOfService<K>[]>;

const INDEXES: { [K in ServiceRouteKind]: Index<K> } = {
  'gateway.networking.k8s.io/HTTPRoute': byService(
    'gateway.networking.k8s.io/HTTPRoute',
  ),
  'gateway.networking.k8s.io/GRPCRoute': byService(
    'gateway.networking.k8s.io/GRPCRoute',
  ),
  'gateway.networking.k8s.io/TLSRoute': byService(
    'gateway.networking.k8s.io/TLSRoute',
  ),
  'gateway.networking.k8s.io/TCPRoute': byService(
    'gateway.networking.k8s.io/TCPRoute',
  ),
  'policy.linkerd.io/HTTPRoute': byService('policy.linkerd.io/HTTPRoute'),
};

/**
 * The routes of a kind, in any namespace, one of whose parents is this Service (or ServiceEntry); a route with two such
 * parentRefs (for two ports) is there twice. What a route's controller makes of the reference is in its status.
 */
export function routesOfService<K extends ServiceRouteKind>(
  snapshot: MeshSnapshot,
  kind: K,
  service: ParentService,
): RouteOfService<K>[] {
  const key = serviceKey(service);
  return snapshot
    .namespacesOf(kind)
    .flatMap(namespace => [
      ...(INDEXES[kind](snapshot, namespace).get(key) ?? []),
    ]);
}

function byService<K extends ServiceRouteKind>(kind: K): Index<K> {
  return defineIndex([kind], ({ objects }) => {
    const routes = new Map<string, RouteOfService<K>[]>();
    // Of each of these kinds, ObjectOf is the type that ServiceRouteKinds names.
    for (const route of objects(kind) as unknown as ServiceRouteKinds[K][]) {
      (route.spec?.parentRefs ?? []).forEach((reference, index) => {
        const parent = parentOf(reference, namespaceOf(route));
        const kindOfParent = serviceKind(parent);
        if (kindOfParent) {
          const key = serviceKey({ ...parent, kind: kindOfParent });
          const entry = {
            kind,
            route,
            parent,
            field: `spec.parentRefs[${index}]`,
          };
          const known = routes.get(key);
          if (known) {
            known.push(entry);
          } else {
            routes.set(key, [entry]);
          }
        }
      });
    }
    return routes;
  });
}

function serviceKind(parent: Referent): ParentService['kind'] {
  if (isService(parent)) {
    return 'Service';
  }
  return parent.group === 'networking.istio.io' &&
    parent.kind === 'ServiceEntry'
    ? 'ServiceEntry'
    : undefined;
}

function serviceKey({
  kind = 'Service',
  namespace,
  name,
}: ParentService): string {
  return `${kind}/${namespace}/${name}`;
}
