import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import {
  asksForAmbient,
  asksForAmbientItself,
  asksForBoth,
  hasSidecar,
  podsOfWorkload,
} from '../workloadMode';

/** A workload has a sidecar in a namespace in ambient mode. */
export const sidecarAmongAmbient = workloadCheck({
  code: 'KIA1316',
  level: 'warning',
  title: 'Sidecar in a namespace in ambient mode',
  explanation:
    'The namespace is in ambient mode, but a pod has a sidecar, and is left out for that. As a rule it was made before the namespace was labelled: restart the workload, or say istio.io/dataplane-mode=none where it is meant.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Pod'],
  *run(workload, snapshot) {
    if (
      asksForAmbient(snapshot, workload) &&
      !asksForAmbientItself(workload) &&
      !asksForBoth(snapshot, workload)
    ) {
      const pod = podsOfWorkload(snapshot, workload).find(hasSidecar);
      if (pod) {
        yield {
          message: `${refOf(pod)} of ${refOf(
            workload,
          )} has a sidecar, though its namespace is in ambient mode: restart it, or label the workload istio.io/dataplane-mode=none`,
          field: 'spec.template.metadata.labels',
        };
      }
    }
  },
});
