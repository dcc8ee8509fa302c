import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { ambientPart } from './sidecars';

/** A Sidecar is for workloads in ambient mode, which have no sidecar. */
export const sidecarInAmbientMode = defineCheck({
  code: 'IST0167',
  level: 'warning',
  title: 'Sidecar for workloads in ambient mode',
  explanation:
    'The object Sidecar sets sidecars up. Workloads in ambient mode have none, so that it has no effect on them: what they may reach is not limited by it.',
  upstream: 'sidecar.SelectorAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: [...POD_KINDS, 'Namespace'],
  *run(sidecar, snapshot) {
    const part = ambientPart(snapshot, sidecar);
    if (part) {
      yield {
        message: `${refOf(
          sidecar,
        )} has no effect on ${part}, which is in ambient mode: remove it, or select workloads with sidecars`,
        field: 'spec',
      };
    }
  },
});
