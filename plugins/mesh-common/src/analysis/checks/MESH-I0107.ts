import { waypointOf } from '../../istio/waypoint';
import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { waypointNamed } from '../workloadWaypoint';

/** A Service names a waypoint that is there and does not take its requests. */
export const waypointOfNoUse = defineCheck({
  code: 'MESH-I0107',
  level: 'warning',
  title: 'Waypoint that does not take the requests of a Service',
  explanation:
    'The Service names a waypoint that is there, but is not for it: it is for workloads (istio.io/waypoint-for), or its HBONE listener does not let the namespace in (allowedRoutes). Requests then go straight to the pods, past the routes and policies of the waypoint, also where the namespace names another one. Name a waypoint that is for Services, or change this one.',
  upstream:
    'pilot/pkg/serviceregistry/ambient/waypoints.go, fetchWaypointForService (istio)',
  mesh: 'istio',
  subject: 'Service',
  needs: [
    'Namespace',
    'gateway.networking.k8s.io/Gateway',
    'gateway.networking.k8s.io/GatewayClass',
  ],
  *run(service, snapshot) {
    const named = waypointNamed(service.metadata.labels);
    const gateway =
      named &&
      snapshot.get(
        'gateway.networking.k8s.io/Gateway',
        named.namespace ?? namespaceOf(service),
        named.name,
      );
    if (!gateway) {
      return;
    }
    const { answer } = waypointOf(snapshot, service);
    if (answer.value === 'none') {
      yield {
        message: `${refOf(service)} asks for the waypoint ${refOf(
          gateway,
        )}, which does not take its requests: ${answer.reasons[0]?.text ?? ''}`,
        field: 'metadata.labels',
      };
    }
  },
});
