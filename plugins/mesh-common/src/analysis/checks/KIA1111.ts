import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { withoutWaypoint } from '../waypointUse';

/** A WasmPlugin is for what no waypoint is used for, in ambient mode. */
export const pluginWithoutWaypoint = defineCheck({
  code: 'KIA1111',
  level: 'warning',
  title: 'WasmPlugin without a waypoint',
  explanation:
    'In ambient mode only waypoints run plugins: without one it does not run. Label the Service or the namespace with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'extensions.istio.io/WasmPlugin',
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
