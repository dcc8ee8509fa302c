import { namespaceOf } from '../../../kubernetes/objects';
import { defineCheck } from '../../check';
import { labelsText, refOf } from '../../naming';
import { POD_KINDS, podsIn } from '../../workloadPods';
import { labelsOf } from '../sidecars';
import { REFERENCE_NOT_FOUND } from './reference';

/** A Sidecar selects no pod of its namespace. */
export const sidecarSelectorMatchesNothing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  aliases: ['KIA0004'],
  upstream:
    'sidecar.SelectorAnalyzer (istioctl); common.WorkloadSelectorNoWorkloadFoundChecker, SidecarChecker (Kiali)',
  subject: 'networking.istio.io/Sidecar',
  needs: POD_KINDS,
  *run(sidecar, snapshot) {
    const labels = labelsOf(sidecar);
    const [pod] = podsIn(snapshot, namespaceOf(sidecar), labels ?? {});
    if (labels && !pod) {
      yield {
        message: `${refOf(
          sidecar,
        )} selects no pod of its namespace: none has the labels ${labelsText(
          labels,
        )}; correct the selector, or remove the Sidecar`,
        field: 'spec.workloadSelector',
      };
    }
  },
});
