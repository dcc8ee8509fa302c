import { defineCheck } from '../check';
import { httpFieldOfPolicy } from '../layer7';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { withoutWaypoint } from '../waypointUse';

/** An AuthorizationPolicy about HTTP is for what no waypoint is used for, in ambient mode. */
export const httpPolicyWithoutWaypoint = defineCheck({
  code: 'KIA0109',
  level: 'warning',
  title: 'AuthorizationPolicy about HTTP without a waypoint',
  explanation:
    'In ambient mode only a waypoint reads HTTP. Without one an ALLOW rule about HTTP allows nothing, and a DENY rule denies everything that its other fields match. Label the Service or the namespace with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['Namespace', 'Service', ...POD_KINDS],
  *run(policy, snapshot) {
    const field = httpFieldOfPolicy(policy);
    const uncovered = field && withoutWaypoint(snapshot, policy);
    if (field && uncovered) {
      yield {
        message: `${refOf(
          policy,
        )} is about HTTP, but ${uncovered}, which it is for, uses no waypoint: label it with istio.io/use-waypoint`,
        field,
      };
    }
  },
});
