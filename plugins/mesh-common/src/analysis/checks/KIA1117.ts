import { defineCheck } from '../check';
import { isAboutHttp } from '../layer7';
import { refOf } from '../naming';
import { lacksTarget } from '../waypointUse';

/** A Telemetry about HTTP names no target, in ambient mode. */
export const httpTelemetryWithoutTarget = defineCheck({
  code: 'KIA1117',
  level: 'warning',
  title: 'Telemetry about HTTP without targetRefs',
  explanation:
    'A waypoint follows the Telemetry that names it or one of its Services in targetRefs. One with a selector does nothing about HTTP in ambient mode.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'telemetry.istio.io/Telemetry',
  needs: ['Namespace'],
  *run(object, snapshot) {
    if (isAboutHttp(object) && lacksTarget(snapshot, object)) {
      yield {
        message: `${refOf(
          object,
        )} is in a namespace in ambient mode, where waypoints apply it only if spec.targetRefs names a Gateway or a Service`,
        field: 'spec',
      };
    }
  },
});
