import { Pod } from '../kubernetes/core';
import { KindId } from '../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { proxyOf } from './proxy';

/** The object and field that a reason names. */
export interface Decider {
  snapshot: MeshSnapshot;
  kind: KindId;
  object: KubernetesObject;
  field?: string;
}

/** A setting of a pod's proxy, and where it is written. */
export interface PodSetting {
  value: string;
  decider: Decider;
}

/** The annotations that the injector copies from a namespace to its pods. */
const PROXY_ANNOTATION =
  /^(?:config\.(?:alpha\.|beta\.)?linkerd\.io\/|linkerd\.io\/inject$)/;

/**
 * An annotation that configures the proxy of a pod. What counts is the pod's own: the injector copies those
 * of the namespace to a pod that does not have them when the pod is made, so that a later change of the
 * namespace does nothing to it. For a pod that has no proxy yet, it is what the injector would write.
 *
 * Upstream: pkg/inject/inject.go, `GetOverriddenConfiguration` and `AppendNamespaceAnnotations`.
 */
export function podSetting(
  snapshot: MeshSnapshot,
  pod: Pod,
  annotation: string,
): PodSetting | undefined {
  const own = pod.metadata.annotations[annotation];
  if (own !== undefined) {
    return {
      value: own,
      decider: podDecider(snapshot, pod, `metadata.annotations.${annotation}`),
    };
  }
  if (proxyOf(pod) || !PROXY_ANNOTATION.test(annotation)) {
    return undefined;
  }
  const namespace = snapshot.get('Namespace', undefined, namespaceOf(pod));
  const inherited = namespace?.metadata.annotations[annotation];
  return namespace && inherited !== undefined
    ? {
        value: inherited,
        decider: {
          snapshot,
          kind: 'Namespace',
          object: namespace,
          field: `metadata.annotations.${annotation}`,
        },
      }
    : undefined;
}

const CONTROLLERS = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
] as const;

/** A field of a pod as reasons name it; of a pod that was only imagined from a template, that of the template. */
export function podDecider(
  snapshot: MeshSnapshot,
  pod: Pod,
  field?: string,
): Decider {
  const namespace = namespaceOf(pod);
  const { name } = pod.metadata;
  if (!snapshot.get('Pod', namespace, name)) {
    for (const kind of CONTROLLERS) {
      const object = snapshot.get(kind, namespace, name);
      if (object) {
        return {
          snapshot,
          kind,
          object,
          ...(field && { field: `spec.template.${field}` }),
        };
      }
    }
  }
  return { snapshot, kind: 'Pod', object: pod, ...(field && { field }) };
}
