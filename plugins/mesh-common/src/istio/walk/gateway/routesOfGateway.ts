import { GRPCRoute, HTTPRoute } from '../../../gateway-api/objects';
import {
  GATEWAY_API_GROUP,
  parentOf,
  Referent,
} from '../../../gateway-api/references';
import { namespaceOf } from '../../../kubernetes/objects';
import { defineIndex } from '../../../snapshot/defineIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';

/** A route, and one of its parentRefs that names a Gateway. */
export type RouteOfGateway = {
  parent: Referent;
  /** Path of the parentRef in the route. */
  field: string;
} & (
  | { kind: 'gateway.networking.k8s.io/HTTPRoute'; object: HTTPRoute }
  | { kind: 'gateway.networking.k8s.io/GRPCRoute'; object: GRPCRoute }
);

const byGateway = defineIndex(
  [
    'gateway.networking.k8s.io/HTTPRoute',
    'gateway.networking.k8s.io/GRPCRoute',
  ],
  ({ objects }) => {
    const found = new Map<string, RouteOfGateway[]>();
    const add = (route: Pick<RouteOfGateway, 'kind' | 'object'>) => {
      const { object } = route;
      (object.spec?.parentRefs ?? []).forEach((reference, index) => {
        const parent = parentOf(reference, namespaceOf(object));
        if (parent.group === GATEWAY_API_GROUP && parent.kind === 'Gateway') {
          const key = `${parent.namespace}/${parent.name}`;
          found.set(key, [
            ...(found.get(key) ?? []),
            // Kind and object come in together.
            {
              ...route,
              parent,
              field: `spec.parentRefs[${index}]`,
            } as RouteOfGateway,
          ]);
        }
      });
    };
    const http = 'gateway.networking.k8s.io/HTTPRoute';
    const grpc = 'gateway.networking.k8s.io/GRPCRoute';
    objects(http).forEach(object => add({ kind: http, object }));
    objects(grpc).forEach(object => add({ kind: grpc, object }));
    return found;
  },
);

/** The HTTPRoutes and GRPCRoutes of all namespaces that have a Gateway as parent, once for each such parentRef. */
export function routesOfGateway(
  snapshot: MeshSnapshot,
  gateway: { namespace: string; name: string },
): RouteOfGateway[] {
  const namespaces = new Set([
    ...snapshot.namespacesOf('gateway.networking.k8s.io/HTTPRoute'),
    ...snapshot.namespacesOf('gateway.networking.k8s.io/GRPCRoute'),
  ]);
  return [...namespaces].flatMap(
    namespace =>
      byGateway(snapshot, namespace).get(
        `${gateway.namespace}/${gateway.name}`,
      ) ?? [],
  );
}
