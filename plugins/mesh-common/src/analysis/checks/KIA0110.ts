import { defineCheck } from '../check';
import { httpFieldOfPolicy } from '../layer7';
import { refOf } from '../naming';
import { lacksTarget } from '../waypointUse';

/** An AuthorizationPolicy about HTTP names no target, in ambient mode. */
export const httpPolicyWithoutTarget = defineCheck({
  code: 'KIA0110',
  level: 'warning',
  title: 'AuthorizationPolicy about HTTP without targetRefs',
  explanation:
    'A waypoint enforces the policies that name it or one of its Services in targetRefs. One with a selector is enforced by ztunnel alone, which does not read HTTP.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['Namespace'],
  *run(policy, snapshot) {
    const field = httpFieldOfPolicy(policy);
    if (field && lacksTarget(snapshot, policy)) {
      yield {
        message: `${refOf(
          policy,
        )} is about HTTP in a namespace in ambient mode, where waypoints enforce it only if spec.targetRefs names a Gateway or a Service`,
        field,
      };
    }
  },
});
