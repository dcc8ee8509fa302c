import { defineCheck } from '../check';
import { isAboutHttp } from '../layer7';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { withoutWaypoint } from '../waypointUse';

/** A Telemetry about HTTP is for what no waypoint is used for, in ambient mode. */
export const httpTelemetryWithoutWaypoint = defineCheck({
  code: 'KIA1112',
  level: 'warning',
  title: 'Telemetry about HTTP without a waypoint',
  explanation:
    'In ambient mode only waypoints see requests: without one there are no traces, no access log of requests and no metrics of HTTP. Label the Service or the namespace with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'telemetry.istio.io/Telemetry',
  needs: ['Namespace', 'Service', ...POD_KINDS],
  *run(object, snapshot) {
    const uncovered = isAboutHttp(object) && withoutWaypoint(snapshot, object);
    if (uncovered) {
      yield {
        message: `${refOf(
          object,
        )} works in waypoints alone, but ${uncovered}, which it is for, uses none: label it with istio.io/use-waypoint`,
        field: 'spec',
      };
    }
  },
});
