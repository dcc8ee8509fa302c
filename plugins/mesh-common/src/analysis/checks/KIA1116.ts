import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { Attached, lacksTarget } from '../waypointUse';

const COMMON = {
  code: 'KIA1116',
  level: 'warning',
  title: 'WasmPlugin or TrafficExtension without targetRefs',
  explanation:
    'A waypoint runs the plugins that name it or one of its Services in targetRefs. One with a selector does not run in ambient mode.',
  upstream: 'AmbientPolicyChecker, TrafficExtensionChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace'],
} as const;

/** A WasmPlugin or TrafficExtension names no target, in ambient mode. */
function* unapplied(
  object: Attached,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  if (lacksTarget(snapshot, object)) {
    yield {
      message: `${refOf(
        object,
      )} is in a namespace in ambient mode, where waypoints apply it only if spec.targetRefs names a Gateway or a Service`,
      field: 'spec',
    };
  }
}

export const pluginWithoutTarget: readonly AnyCheck[] = [
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
