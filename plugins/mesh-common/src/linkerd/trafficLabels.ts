import { WorkloadRef } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { workloadOfPod, findWorkload } from '../mesh/workloads';

/**
 * The labels by which the Prometheus of Linkerd's viz extension names the workload of a proxy; other
 * installations copy that relabelling. Not every store has them.
 */
export const WORKLOAD_LABELS = {
  Deployment: 'deployment',
  StatefulSet: 'statefulset',
  DaemonSet: 'daemonset',
  ReplicaSet: 'replicaset',
  ReplicationController: 'replicationcontroller',
  Job: 'k8s_job',
  CronJob: 'cronjob',
} as const;

export type LabelledKind = keyof typeof WORKLOAD_LABELS;

export const LABELLED_KINDS = Object.keys(WORKLOAD_LABELS) as LabelledKind[];

export function isLabelledKind(kind: string): kind is LabelledKind {
  return Object.hasOwn(WORKLOAD_LABELS, kind);
}

/** The labels that tell the workload of the proxy that reports. */
export const REPORTER_LABELS = [
  'namespace',
  ...Object.values(WORKLOAD_LABELS),
  'pod',
] as const;

type Labels = Readonly<Record<string, string>>;

/** The workload of the proxy that reports a sample, as its labels tell it. */
export function reporterOf(
  snapshot: MeshSnapshot,
  labels: Labels,
): WorkloadRef | undefined {
  const { namespace } = labels;
  if (!namespace) {
    return undefined;
  }
  for (const kind of LABELLED_KINDS) {
    const name = labels[WORKLOAD_LABELS[kind]];
    if (name) {
      return (
        findWorkload(snapshot, { namespace, kind, name })?.ref ?? {
          cluster: snapshot.cluster,
          namespace,
          kind,
          name,
        }
      );
    }
  }
  const pod = labels.pod && snapshot.get('Pod', namespace, labels.pod);
  return pod ? workloadOfPod(snapshot, pod).ref : undefined;
}
