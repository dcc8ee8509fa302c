import { namespaceOf } from '../../kubernetes/objects';
import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import {
  asksForBoth,
  asksForSidecar,
  hasRedirectedPods,
  hasSidecar,
  isRedirected,
  podsOfWorkload,
} from '../workloadMode';

/** A workload that is to have a sidecar has a pod in ambient mode instead. */
export const ambientInsteadOfSidecar = workloadCheck({
  code: 'KIA1314',
  level: 'error',
  title: 'Pod in ambient mode that is to have a sidecar',
  explanation:
    'The labels ask for a sidecar, but the traffic of the pod goes through ztunnel. As a rule the pod is older than the labels: restart the workload.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Pod'],
  *run(workload, snapshot) {
    if (
      hasRedirectedPods(snapshot, namespaceOf(workload)) &&
      asksForSidecar(snapshot, workload) &&
      !asksForBoth(snapshot, workload)
    ) {
      const pod = podsOfWorkload(snapshot, workload).find(
        one => isRedirected(one) && !hasSidecar(one),
      );
      if (pod) {
        yield {
          message: `${refOf(workload)} is to have a sidecar, but ${refOf(
            pod,
          )} is in ambient mode: restart it, or remove the label that asks for a sidecar`,
          field: 'spec.template.metadata.labels',
        };
      }
    }
  },
});
