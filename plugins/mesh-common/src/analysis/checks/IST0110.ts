import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { namesOf, rivalsOf } from './selectorConflicts';
import { ambientPart, labelsOf, sidecarsOf } from './sidecars';

/** Two Sidecars select one pod, of which one counts. */
export const conflictingSidecars = defineCheck({
  code: 'IST0110',
  aliases: ['KIA0003'],
  level: 'error',
  title: 'Several Sidecars for one pod',
  explanation:
    'A pod takes its settings from one Sidecar. Where several select it, which one is not defined, and the others have no effect on it. Make the selectors exclude each other, or merge the Sidecars.',
  upstream:
    'sidecar.SelectorAnalyzer (istioctl); common.SidecarSelectorMultiMatchChecker, SidecarChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/Sidecar',
  needs: POD_KINDS,
  *run(sidecar, snapshot) {
    const labels = labelsOf(sidecar);
    if (!labels || ambientPart(snapshot, sidecar)) {
      return;
    }
    const { rivals, pod } = rivalsOf(
      snapshot,
      { object: sidecar, labels },
      sidecarsOf(snapshot, namespaceOf(sidecar)),
    );
    if (rivals.length > 0) {
      yield {
        message: `${refOf(sidecar)} selects Pod ${pod}, as ${namesOf(
          rivals,
        )} of the same namespace does: let one Sidecar select it`,
        field: 'spec.workloadSelector',
      };
    }
  },
});
