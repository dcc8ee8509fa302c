import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import { isAmbient, templateLabels } from '../workloadMode';
import { waypointNamed } from '../workloadWaypoint';

const GATEWAY = 'gateway.networking.k8s.io/Gateway';

const COMMON = {
  code: 'KIA1313',
  level: 'error',
  title: 'Waypoint that does not exist',
  explanation:
    'The label istio.io/use-waypoint names a Gateway, of the same namespace unless istio.io/use-waypoint-namespace names another. Where there is none, requests go without a waypoint: its policies are not enforced.',
  upstream: 'ambient.AmbientWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: [GATEWAY, 'Namespace', 'Pod'],
} as const;

/** A workload in ambient mode, or its namespace, names a waypoint that does not exist. */
function* missing(
  snapshot: MeshSnapshot,
  object: KubernetesObject,
  {
    labels,
    place,
    field,
  }: {
    labels: Readonly<Record<string, string>>;
    place: string;
    field: string;
  },
): Iterable<CheckFinding> {
  const waypoint = waypointNamed(labels);
  const namespace = waypoint?.namespace ?? place;
  if (waypoint && !snapshot.get(GATEWAY, namespace, waypoint.name)) {
    yield {
      message: `${refOf(object)} is to use the waypoint ${namespace}/${
        waypoint.name
      }, but there is no such Gateway: correct the label, or make the waypoint (istioctl waypoint apply)`,
      field,
    };
  }
}

export const waypointMissing: readonly AnyCheck[] = [
  ...workloadCheck({
    ...COMMON,
    run: (workload, snapshot) =>
      isAmbient(snapshot, workload)
        ? missing(snapshot, workload, {
            labels: templateLabels(workload),
            place: namespaceOf(workload),
            field: 'spec.template.metadata.labels',
          })
        : [],
  }),
  defineCheck({
    ...COMMON,
    subject: 'Namespace',
    run: (namespace, snapshot) =>
      missing(snapshot, namespace, {
        labels: namespace.metadata.labels,
        place: namespace.metadata.name,
        field: 'metadata.labels',
      }),
  }),
];
