import { namespaceOf } from '../../../kubernetes/objects';
import { defineCheck } from '../../check';
import { labelsText, refOf } from '../../naming';
import { POD_KINDS, podsIn } from '../../workloadPods';
import { labelsOf } from '../telemetries';
import { REFERENCE_NOT_FOUND } from './reference';

/** A Telemetry selects no pod of its namespace. */
export const telemetrySelectorMatchesNothing = defineCheck({
  ...REFERENCE_NOT_FOUND,
  upstream: 'telemetry.SelectorAnalyzer (istioctl)',
  subject: 'telemetry.istio.io/Telemetry',
  needs: POD_KINDS,
  *run(telemetry, snapshot) {
    const labels = labelsOf(telemetry);
    const [pod] = podsIn(snapshot, namespaceOf(telemetry), labels ?? {});
    if (labels && !pod) {
      yield {
        message: `${refOf(
          telemetry,
        )} selects no pod of its namespace: none has the labels ${labelsText(
          labels,
        )}; correct the selector, or remove the Telemetry`,
        field: 'spec.selector',
      };
    }
  },
});
