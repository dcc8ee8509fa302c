import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { namesOf, rivalsOf } from './selectorConflicts';
import { labelsOf, telemetriesOf } from './telemetries';

/** Two Telemetries select one pod, of which one counts. */
export const conflictingTelemetries = defineCheck({
  code: 'IST0159',
  level: 'error',
  title: 'Several Telemetries for one pod',
  explanation:
    'Of the Telemetries of a namespace that select a pod one counts. Make the selectors exclude each other, or merge the Telemetries.',
  upstream: 'telemetry.SelectorAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'telemetry.istio.io/Telemetry',
  needs: POD_KINDS,
  *run(telemetry, snapshot) {
    const labels = labelsOf(telemetry);
    if (!labels) {
      return;
    }
    const { rivals, pod } = rivalsOf(
      snapshot,
      { object: telemetry, labels },
      telemetriesOf(snapshot, namespaceOf(telemetry)),
    );
    if (rivals.length > 0) {
      yield {
        message: `${refOf(telemetry)} selects Pod ${pod}, as ${namesOf(
          rivals,
        )} of the same namespace does: let one Telemetry select it`,
        field: 'spec.selector',
      };
    }
  },
});
