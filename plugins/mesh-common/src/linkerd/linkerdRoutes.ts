import { GRPCRoute, HTTPRoute, ParentReference } from '../gateway-api/objects';
import { parentOf, Referent } from '../gateway-api/references';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex, IndexInput } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge, compare } from './age';

export const HTTP_ROUTE_KINDS = [
  'policy.linkerd.io/HTTPRoute',
  'gateway.networking.k8s.io/HTTPRoute',
] as const;
export const GRPC_ROUTE_KIND = 'gateway.networking.k8s.io/GRPCRoute';
export const ROUTE_KINDS = [...HTTP_ROUTE_KINDS, GRPC_ROUTE_KIND] as const;

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

export function parentsOf({ route }: LinkerdRoute): RouteParent[] {
  return (route.spec?.parentRefs ?? []).map((reference, index) => ({
    reference,
    referent: parentOf(reference, namespaceOf(route)),
    field: `spec.parentRefs[${index}]`,
  }));
}

/** `HTTPRoute shop/cart` */
export function routeName({ route }: LinkerdRoute): string {
  return `${route.kind} ${namespaceOf(route)}/${route.metadata.name}`;
}
