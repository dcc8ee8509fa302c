import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import { asksForAmbientItself, asksForBoth } from '../workloadMode';

/** A workload asks for a sidecar and for ambient mode, by a label of its own at least once. */
export const sidecarAndAmbient = workloadCheck({
  code: 'KIA1311',
  level: 'error',
  title: 'Workload asks for a sidecar and for ambient mode',
  explanation:
    'A pod with a sidecar is left out of ambient mode. Labels of the workload and of its namespace ask for both; which one it gets depends on what was injected first. A namespace with both labels is IST0123.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace'],
  *run(workload, snapshot) {
    if (asksForBoth(snapshot, workload)) {
      yield {
        message: `${refOf(workload)} asks for ambient mode (${
          asksForAmbientItself(workload)
            ? 'by its own label'
            : 'by its namespace'
        }) and for a sidecar: set istio.io/dataplane-mode to none for a sidecar, or sidecar.istio.io/inject to "false" for ambient mode`,
        field: 'spec.template.metadata.labels',
      };
    }
  },
});
