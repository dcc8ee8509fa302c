import {
  ConnectionRoute,
  GRPCRoute,
  HTTPRoute,
} from '../../../gateway-api/objects';
import { parentOf, Referent } from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { defineIndex } from '../../../snapshot/defineIndex';
import { addTo } from '../../../snapshot/addTo';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { LISTENER_SET_KINDS, ListenerOwner } from './ListenerOwner';

/** The kinds of routes that a Gateway can have. */
export const ROUTE_KINDS = [
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'gateway.networking.k8s.io/TCPRoute',
] as const;

/** A route of any of them. */
export type AnyRoute =
  | { kind: (typeof ROUTE_KINDS)[0]; object: HTTPRoute }
  | { kind: (typeof ROUTE_KINDS)[1]; object: GRPCRoute }
  | {
      kind: (typeof ROUTE_KINDS)[2] | (typeof ROUTE_KINDS)[3];
      object: ConnectionRoute;
    };

const OWNER_KINDS: ReadonlySet<string> = new Set([
  'gateway.networking.k8s.io/Gateway',
  ...LISTENER_SET_KINDS,
]);

interface ByParent {
  /** One of its parentRefs that names a Gateway, or a ListenerSet. */
  parent: Referent;
  /** Path of the parentRef in the route. */
  field: string;
}

/** A route, and one of its parentRefs that names a Gateway, or a ListenerSet. */
export type RouteOfGateway = AnyRoute & ByParent;

/** One for requests. */
export type HttpRouteOfGateway = Exclude<
  AnyRoute,
  {
    object: ConnectionRoute;
    kind: (typeof ROUTE_KINDS)[2] | (typeof ROUTE_KINDS)[3];
  }
> &
  ByParent;

/** One for connections that are not looked into. */
export type ConnectionRouteOfGateway = Extract<
  AnyRoute,
  { kind: (typeof ROUTE_KINDS)[2] | (typeof ROUTE_KINDS)[3] }
> &
  ByParent;

const byParent = defineIndex(ROUTE_KINDS, ({ objects }) => {
  const found = new Map<string, RouteOfGateway[]>();
  const add = (route: AnyRoute) => {
    const { object } = route;
    (object.spec?.parentRefs ?? []).forEach((reference, index) => {
      const parent = parentOf(reference, namespaceOf(object));
      const kind = `${parent.group}/${parent.kind}`;
      if (OWNER_KINDS.has(kind)) {
        addTo(found, `${kind} ${parent.namespace}/${parent.name}`, {
          ...route,
          parent,
          field: `spec.parentRefs[${index}]`,
        });
      }
    });
  };
  objects(ROUTE_KINDS[0]).forEach(object =>
    add({ kind: ROUTE_KINDS[0], object }),
  );
  objects(ROUTE_KINDS[1]).forEach(object =>
    add({ kind: ROUTE_KINDS[1], object }),
  );
  objects(ROUTE_KINDS[2]).forEach(object =>
    add({ kind: ROUTE_KINDS[2], object }),
  );
  objects(ROUTE_KINDS[3]).forEach(object =>
    add({ kind: ROUTE_KINDS[3], object }),
  );
  return found;
});

/** The routes of all namespaces that have a Gateway or a ListenerSet as parent, once for each such parentRef. */
export function routesOfOwner(
  snapshot: MeshSnapshot,
  { kind, object }: Pick<ListenerOwner, 'kind' | 'object'>,
): RouteOfGateway[] {
  const namespaces = new Set(
    ROUTE_KINDS.flatMap(routeKind => [...snapshot.namespacesOf(routeKind)]),
  );
  const key = `${kind} ${namespaceOf(object)}/${object.metadata.name}`;
  return [...namespaces].flatMap(
    namespace => byParent(snapshot, namespace).get(key) ?? [],
  );
}

export function isForConnections(
  route: RouteOfGateway,
): route is ConnectionRouteOfGateway {
  return (
    route.kind === 'gateway.networking.k8s.io/TLSRoute' ||
    route.kind === 'gateway.networking.k8s.io/TCPRoute'
  );
}
