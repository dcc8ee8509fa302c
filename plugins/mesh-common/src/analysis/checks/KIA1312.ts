import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import { isAmbient, templateLabels } from '../workloadMode';
import { waypointNamed } from '../workloadWaypoint';

/** A workload names a waypoint and is not in ambient mode. */
export const waypointWithoutAmbient = workloadCheck({
  code: 'KIA1312',
  level: 'warning',
  title: 'Waypoint of a workload that is not in ambient mode',
  explanation:
    'The label istio.io/use-waypoint is for workloads in ambient mode. What is sent to others does not go through the waypoint, so that its policies and routes have no effect.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: ['Namespace', 'Pod'],
  *run(workload, snapshot) {
    const waypoint = waypointNamed(templateLabels(workload));
    if (waypoint && !isAmbient(snapshot, workload)) {
      yield {
        message: `${refOf(workload)} is to use the waypoint ${
          waypoint.name
        }, but it is not in ambient mode: add the label istio.io/dataplane-mode, or remove the waypoint's`,
        field: 'spec.template.metadata.labels',
      };
    }
  },
});
