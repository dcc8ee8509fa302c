import {
  ConnectionRoute,
  GRPCRoute,
  HTTPRoute,
} from '../../../gateway-api/objects';
import {
  GATEWAY_API_GROUP,
  parentOf,
  Referent,
} from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { defineIndex } from '../../../snapshot/defineIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';

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

interface ByParent {
  /** One of its parentRefs that names a Gateway. */
  parent: Referent;
  /** Path of the parentRef in the route. */
  field: string;
}

/** A route, and one of its parentRefs that names a Gateway. */
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

const byGateway = defineIndex(ROUTE_KINDS, ({ objects }) => {
  const found = new Map<string, RouteOfGateway[]>();
  const add = (route: AnyRoute) => {
    const { object } = route;
    (object.spec?.parentRefs ?? []).forEach((reference, index) => {
      const parent = parentOf(reference, namespaceOf(object));
      if (parent.group === GATEWAY_API_GROUP && parent.kind === 'Gateway') {
        const key = `${parent.namespace}/${parent.name}`;
        found.set(key, [
          ...(found.get(key) ?? []),
          { ...route, parent, field: `spec.parentRefs[${index}]` },
        ]);
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

/** The routes of all namespaces that have a Gateway as parent, once for each such parentRef. */
export function routesOfGateway(
  snapshot: MeshSnapshot,
  gateway: { namespace: string; name: string },
): RouteOfGateway[] {
  const namespaces = new Set(
    ROUTE_KINDS.flatMap(kind => [...snapshot.namespacesOf(kind)]),
  );
  const key = `${gateway.namespace}/${gateway.name}`;
  return [...namespaces].flatMap(
    namespace => byGateway(snapshot, namespace).get(key) ?? [],
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
