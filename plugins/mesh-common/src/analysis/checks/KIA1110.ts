import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { withoutWaypoint } from '../waypointUse';

/** A RequestAuthentication is for what no waypoint is used for, in ambient mode. */
export const authenticationWithoutWaypoint = defineCheck({
  code: 'KIA1110',
  level: 'warning',
  title: 'RequestAuthentication without a waypoint',
  explanation:
    'In ambient mode only a waypoint reads the tokens of requests: without one they are not checked. Label the Service or the namespace with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/RequestAuthentication',
  needs: ['Namespace', 'Service', ...POD_KINDS],
  *run(object, snapshot) {
    const uncovered = withoutWaypoint(snapshot, object);
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
