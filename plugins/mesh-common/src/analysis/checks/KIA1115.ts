import { defineCheck } from '../check';
import { refOf } from '../naming';
import { lacksTarget } from '../waypointUse';

/** A RequestAuthentication names no target, in ambient mode. */
export const authenticationWithoutTarget = defineCheck({
  code: 'KIA1115',
  level: 'warning',
  title: 'RequestAuthentication without targetRefs',
  explanation:
    'A waypoint checks tokens as the policies say that name it or one of its Services in targetRefs. One with a selector does nothing in ambient mode.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/RequestAuthentication',
  needs: ['Namespace'],
  *run(object, snapshot) {
    if (lacksTarget(snapshot, object)) {
      yield {
        message: `${refOf(
          object,
        )} is in a namespace in ambient mode, where waypoints apply it only if spec.targetRefs names a Gateway or a Service`,
        field: 'spec',
      };
    }
  },
});
