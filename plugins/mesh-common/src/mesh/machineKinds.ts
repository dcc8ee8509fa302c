import {
  ISTIO_MACHINE_ENDPOINTS,
  ISTIO_MACHINE_TEMPLATES,
  ISTIO_MACHINES,
} from '../istio/machineKinds';
import { Pod } from '../kubernetes/core';
import { KindId, kindIdOf } from '../kubernetes/kinds';

/** The kinds of objects that stand for one workload outside Kubernetes (a virtual machine). */
export const SINGLE_MACHINE_KINDS = ISTIO_MACHINES;

/** The kinds of objects that several machines which are alike are made of. */
export const MACHINE_TEMPLATE_KINDS = ISTIO_MACHINE_TEMPLATES;

/**
 * The kinds of objects that stand for a workload outside Kubernetes, or for several that are alike. Of each the domain makes
 * a pod that has the object's kind and name, so that Services and policies select it as they select pods.
 */
export const MACHINE_KINDS = [
  ...SINGLE_MACHINE_KINDS,
  ...MACHINE_TEMPLATE_KINDS,
] as const satisfies readonly KindId[];

const NAMES: ReadonlySet<string> = new Set(
  [...MACHINE_KINDS, ...ISTIO_MACHINE_ENDPOINTS].map(nameOf),
);

/**
 * Whether a pod or a workload of this kind stands for a machine outside Kubernetes.
 *
 * @public
 */
export function isMachine(object: { kind: string }): boolean {
  return NAMES.has(object.kind);
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
