import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import {
  asksForAmbientItself,
  asksForBoth,
  hasSidecar,
  podsOfWorkload,
} from '../workloadMode';

/** A workload that asks for ambient mode has a pod with a sidecar. */
export const sidecarInsteadOfAmbient = workloadCheck({
  code: 'KIA1315',
  level: 'error',
  title: 'Pod with a sidecar that is to be in ambient mode',
  explanation:
    'The label of the workload asks for ambient mode, but its pod has a sidecar, and is left out for that. As a rule the pod is older than the label: restart the workload.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Pod'],
  *run(workload, snapshot) {
    if (asksForAmbientItself(workload) && !asksForBoth(snapshot, workload)) {
      const pod = podsOfWorkload(snapshot, workload).find(hasSidecar);
      if (pod) {
        yield {
          message: `${refOf(workload)} is to be in ambient mode, but ${refOf(
            pod,
          )} has a sidecar: restart it, or remove the label istio.io/dataplane-mode`,
          field: 'spec.template.metadata.labels',
        };
      }
    }
  },
});
