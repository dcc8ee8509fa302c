import { ParentReference } from '../../gateway-api/objects';
import { isService, parentOf } from '../../gateway-api/references';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { isCaptured } from '../waypointUse';
import { isAmbientNamespace } from './sidecars';

const COMMON = {
  code: 'MESH-I0104',
  level: 'warning',
  title: 'Route of the Gateway API for a Service without a waypoint',
  explanation:
    'In ambient mode only a waypoint routes requests. istiod accepts a route for a Service that uses none, and says in its condition ResolvedWaypoints that it is not respected: requests go straight to the pods of the Service. Label the Service or its namespace with istio.io/use-waypoint.',
  upstream:
    'pilot/pkg/config/kube/gateway/conditions.go, RouteConditionResolvedWaypoints (istio)',
  mesh: 'istio',
  needs: ['Namespace', 'Service'],
} as const;

type Route = KubernetesObject & {
  spec?: { parentRefs?: readonly ParentReference[] };
};

/** A route has a Service in ambient mode as its parent that uses no waypoint. */
function* unrespected(
  route: Route,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  for (const [index, reference] of (route.spec?.parentRefs ?? []).entries()) {
    const parent = parentOf(reference, namespaceOf(route));
    const service = isService(parent)
      ? snapshot.get('Service', parent.namespace, parent.name)
      : undefined;
    if (
      service &&
      isAmbientNamespace(snapshot, parent.namespace) &&
      !isCaptured(snapshot, service)
    ) {
      yield {
        message: `${refOf(route)} is for ${refOf(
          service,
        )}, which uses no waypoint: nothing applies its rules`,
        field: `spec.parentRefs[${index}]`,
      };
    }
  }
}

export const routeWithoutWaypoint = [
  defineCheck({
    ...COMMON,
    subject: 'gateway.networking.k8s.io/HTTPRoute',
    run: unrespected,
  }),
  defineCheck({
    ...COMMON,
    subject: 'gateway.networking.k8s.io/GRPCRoute',
    run: unrespected,
  }),
];
