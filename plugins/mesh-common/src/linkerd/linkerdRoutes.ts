import {
  ConnectionRoute,
  GRPCRoute,
  HTTPRoute,
  ParentReference,
} from '../gateway-api/objects';
import { parentOf, Referent } from '../gateway-api/references';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex, IndexInput } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge, compare } from './age';
import { canonicalParent } from './routeParents';

export const HTTP_ROUTE_KINDS = [
  'policy.linkerd.io/HTTPRoute',
  'gateway.networking.k8s.io/HTTPRoute',
] as const;
export const GRPC_ROUTE_KIND = 'gateway.networking.k8s.io/GRPCRoute';
export const ROUTE_KINDS = [...HTTP_ROUTE_KINDS, GRPC_ROUTE_KIND] as const;
export const TLS_ROUTE_KIND = 'gateway.networking.k8s.io/TLSRoute';
export const TCP_ROUTE_KIND = 'gateway.networking.k8s.io/TCPRoute';
export const ALL_ROUTE_KINDS = [
  ...ROUTE_KINDS,
  TLS_ROUTE_KIND,
  TCP_ROUTE_KIND,
] as const;

/**
 * An HTTPRoute (of either group, which Linkerd treats alike) or a GRPCRoute.
 *
 * @public
 */
export type LinkerdRoute =
  | {
      kind:
        | 'policy.linkerd.io/HTTPRoute'
        | 'gateway.networking.k8s.io/HTTPRoute';
      route: HTTPRoute;
    }
  | { kind: 'gateway.networking.k8s.io/GRPCRoute'; route: GRPCRoute };

/**
 * A TLSRoute or a TCPRoute.
 *
 * @public
 */
export interface LinkerdConnectionRoute {
  kind:
    | 'gateway.networking.k8s.io/TLSRoute'
    | 'gateway.networking.k8s.io/TCPRoute';
  route: ConnectionRoute;
}

/**
 * A route of any kind that Linkerd takes.
 *
 * @public
 */
export type AnyLinkerdRoute = LinkerdRoute | LinkerdConnectionRoute;

/** The routes of a namespace, the oldest first; for indexes. */
export function sortedRoutes({
  objects,
}: IndexInput<(typeof ROUTE_KINDS)[number]>): LinkerdRoute[] {
  const http = HTTP_ROUTE_KINDS.flatMap(kind =>
    objects(kind).map((route): LinkerdRoute => ({ kind, route })),
  );
  const grpc = objects(GRPC_ROUTE_KIND).map(
    (route): LinkerdRoute => ({ kind: GRPC_ROUTE_KIND, route }),
  );
  return [...http, ...grpc].sort(
    (a, b) => byAge(a.route, b.route) || compare(groupOf(a), groupOf(b)),
  );
}

const routeIndex = defineIndex(ROUTE_KINDS, sortedRoutes);

function groupOf({ kind }: LinkerdRoute): string {
  return kind.slice(0, kind.indexOf('/'));
}

/** The routes of a namespace, the oldest first. */
export function routesIn(
  snapshot: MeshSnapshot,
  namespace: string,
): readonly LinkerdRoute[] {
  return routeIndex(snapshot, namespace);
}

/** A place that a route is written for. */
export interface RouteParent {
  reference: ParentReference;
  referent: Referent;
  /** Path in the route. */
  field: string;
}

/**
 * The parents of a route. Without a group a parent is of the group of the route's own kind: the schema of
 * Linkerd's HTTPRoute says so, and that of the Gateway API.
 */
export function parentsOf({ kind, route }: AnyLinkerdRoute): RouteParent[] {
  const group = kind.slice(0, kind.indexOf('/'));
  return (route.spec?.parentRefs ?? []).map((reference, index) => ({
    reference,
    referent: canonicalParent(
      parentOf({ group, ...reference }, namespaceOf(route)),
    ),
    field: `spec.parentRefs[${index}]`,
  }));
}

/** `HTTPRoute shop/cart` */
export function routeName({ route }: AnyLinkerdRoute): string {
  return `${route.kind} ${namespaceOf(route)}/${route.metadata.name}`;
}
