import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { workloadOfPod } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { proxyOf } from './proxy';

/** A setting of a namespace that has not reached a pod. */
export interface PendingSetting {
  annotation: string;
  /** What the namespace says now. */
  wanted: string;
  /** What the pod has; absent: nothing. */
  running?: string;
}

/**
 * Whether an annotation of the namespace has not reached a meshed pod: the injector copied what the
 * namespace had when the pod was made. What the workload's own template says wins, and is pending nowhere.
 */
export function pendingSetting(
  snapshot: MeshSnapshot,
  pod: Pod,
  annotation: string,
): PendingSetting | undefined {
  const wanted = snapshot.get('Namespace', undefined, namespaceOf(pod))
    ?.metadata.annotations[annotation];
  const running = pod.metadata.annotations[annotation];
  if (wanted === undefined || wanted === running || !proxyOf(pod)) {
    return undefined;
  }
  if (running !== undefined) {
    const { controller } = workloadOfPod(snapshot, pod);
    const own = controller?.spec.template.metadata.annotations[annotation];
    if (!controller || own !== undefined) {
      return undefined;
    }
  }
  return { annotation, wanted, ...(running !== undefined && { running }) };
}

/** The reason for it, in a list of reasons for what the pod does instead. */
export function pendingReason(
  snapshot: MeshSnapshot,
  pod: Pod,
  annotation: string,
): Reason[] {
  const pending = pendingSetting(snapshot, pod, annotation);
  const namespace = snapshot.get('Namespace', undefined, namespaceOf(pod));
  return pending && namespace
    ? [
        because(
          'linkerd/not-rolled-out',
          `Namespace ${namespace.metadata.name} says ${pending.wanted} now, but the pod was made before that: it counts when the pod is restarted`,
          {
            snapshot,
            kind: 'Namespace',
            object: namespace,
            field: `metadata.annotations.${annotation}`,
          },
        ),
      ]
    : [];
}
