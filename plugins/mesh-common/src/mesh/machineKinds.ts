import { Pod } from '../kubernetes/core';
import { KindId, kindIdOf } from '../kubernetes/kinds';

/**
 * The kinds of objects that stand for a workload outside Kubernetes (a virtual machine), or for several that are alike.
 * Of each the domain makes a pod that has the object's kind and name, so that Services and policies select it as they
 * select pods.
 */
export const MACHINE_KINDS = [
  'networking.istio.io/WorkloadEntry',
  'networking.istio.io/WorkloadGroup',
] as const satisfies readonly KindId[];

/** ServiceEntries have machines among their endpoints. */
const NAMES: ReadonlySet<string> = new Set([
  ...MACHINE_KINDS.map(nameOf),
  'ServiceEntry',
]);

/**
 * Whether a pod stands for a workload outside Kubernetes.
 */
export function isMachine({ kind }: Pick<Pod, 'kind'>): boolean {
  return NAMES.has(kind);
}

/** The kind of the object that a pod is, or that it stands for. */
export function kindOfPod(pod: Pick<Pod, 'kind' | 'apiVersion'>): KindId {
  return (
    (isMachine(pod)
      ? kindIdOf(pod.apiVersion.split('/')[0], pod.kind)
      : undefined) ?? 'Pod'
  );
}

function nameOf(kindId: string): string {
  return kindId.slice(kindId.lastIndexOf('/') + 1);
}
