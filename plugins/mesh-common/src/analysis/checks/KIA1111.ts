import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { Attached, withoutWaypoint } from '../waypointUse';

const COMMON = {
  code: 'KIA1111',
  level: 'warning',
  title: 'WasmPlugin or TrafficExtension without a waypoint',
  explanation:
    'In ambient mode only waypoints run plugins: without one it does not run. Label the Service or the namespace with istio.io/use-waypoint.',
  upstream: 'AmbientPolicyChecker, TrafficExtensionChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Service', ...POD_KINDS],
} as const;

/** A WasmPlugin or TrafficExtension is for what no waypoint is used for, in ambient mode. */
function* unapplied(
  object: Attached,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const uncovered = withoutWaypoint(snapshot, object);
  if (uncovered) {
    yield {
      message: `${refOf(
        object,
      )} works in waypoints alone, but ${uncovered}, which it is for, uses none: label it with istio.io/use-waypoint`,
      field: 'spec',
    };
  }
}

export const pluginWithoutWaypoint: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    subject: 'extensions.istio.io/WasmPlugin',
    run: unapplied,
  }),
  defineCheck({
    ...COMMON,
    subject: 'extensions.istio.io/TrafficExtension',
    run: unapplied,
  }),
];
