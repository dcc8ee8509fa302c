import { defineCheck } from '../check';
import { refOf } from '../naming';
import { lacksTarget } from '../waypointUse';

/** A WasmPlugin names no target, in ambient mode. */
export const pluginWithoutTarget = defineCheck({
  code: 'KIA1116',
  level: 'warning',
  title: 'WasmPlugin without targetRefs',
  explanation:
    'A waypoint runs the plugins that name it or one of its Services in targetRefs. One with a selector does not run in ambient mode.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'extensions.istio.io/WasmPlugin',
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
