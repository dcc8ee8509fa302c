import { Reason } from '../../contract/common';
import { routesOfService } from '../../gateway-api/serviceRoutes';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { objectReason, RouteObject, titleOf } from './source';
import { virtualServicesOfHost } from './virtualServiceIndex';
import { isBoundToMesh } from './virtualServiceParts';

const RULE = 'istio/route-without-waypoint';

/**
 * The routes for a Service that has no waypoint, to clients in ambient mode: their ztunnel applies none. istiod accepts such
 * a route of the Gateway API, and says in its condition ResolvedWaypoints that it is not respected.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conditions.go, `RouteConditionResolvedWaypoints`.
 */
export function withoutProxy(
  snapshot: MeshSnapshot,
  { host, namespace, service }: MeshService,
): Reason[] {
  const place = service && {
    kind: 'Service' as const,
    namespace,
    name: service.metadata.name,
  };
  const written: RouteObject[] = [
    ...virtualServicesOfHost(snapshot, host)
      .filter(isBoundToMesh)
      .map(object => ({
        kind: 'networking.istio.io/VirtualService' as const,
        object,
      })),
    ...(place
      ? [
          ...routesOfService(
            snapshot,
            'gateway.networking.k8s.io/HTTPRoute',
            place,
          ),
          ...routesOfService(
            snapshot,
            'gateway.networking.k8s.io/GRPCRoute',
            place,
          ),
        ].map(({ kind, route }) => ({ kind, object: route }))
      : []),
  ];
  return [...new Map(written.map(one => [one.object, one])).values()].map(one =>
    objectReason(
      snapshot,
      one,
      RULE,
      `${titleOf(
        one,
      )} has no effect on clients in ambient mode: the Service has no waypoint that would apply it`,
      one.kind === 'networking.istio.io/VirtualService'
        ? 'spec.hosts'
        : 'spec.parentRefs',
    ),
  );
}
