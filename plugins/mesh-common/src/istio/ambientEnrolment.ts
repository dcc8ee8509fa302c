import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { namespaceLabels } from './injection';
import { podReason, STATUS_ANNOTATION } from './pods';

const RULE = 'istio/ambient-enrolment';

const DATAPLANE_LABEL = 'istio.io/dataplane-mode';
const REDIRECTION_ANNOTATION = 'ambient.istio.io/redirection';

/** Whether the node redirects a pod's traffic to its ztunnel. */
export type Redirection = 'enabled' | 'pending' | 'none';

/**
 * Whether the CNI of ambient mode has redirected the pod's traffic: it writes the annotation
 * `ambient.istio.io/redirection`, `pending` while it has not succeeded.
 *
 * Upstream: cni/pkg/util/podutil.go, `PodFullyEnrolled`, `PodPartiallyEnrolled`.
 */
export function redirection({ metadata: { annotations } }: Pod): Redirection {
  const written = annotations[REDIRECTION_ANNOTATION];
  return written === 'enabled' || written === 'pending' ? written : 'none';
}

export function redirectionReason(
  snapshot: MeshSnapshot,
  pod: Pod,
  text: string,
): Reason {
  return podReason(snapshot, pod, RULE, text, 'metadata.annotations');
}

/**
 * Why ambient mode would take a pod: the label `istio.io/dataplane-mode=ambient` on the pod, or on the
 * namespace where the pod does not say `none`. Undefined where it would not: host networking and pods with
 * a sidecar are never taken.
 *
 * Upstream: cni/pkg/util/podutil.go, `PodRedirectionEnabled`.
 */
export function wantsAmbient(
  snapshot: MeshSnapshot,
  pod: Pod,
): Reason | undefined {
  if (
    pod.spec.hostNetwork ||
    pod.metadata.annotations[STATUS_ANNOTATION] !== undefined
  ) {
    return undefined;
  }
  const own = pod.metadata.labels[DATAPLANE_LABEL];
  if (own === 'ambient') {
    return podReason(
      snapshot,
      pod,
      RULE,
      `The pod has ${DATAPLANE_LABEL}=ambient`,
      'metadata.labels',
    );
  }
  if (
    own === 'none' ||
    namespaceLabels(snapshot, pod)[DATAPLANE_LABEL] !== 'ambient'
  ) {
    return undefined;
  }
  const namespace = snapshot.get('Namespace', undefined, namespaceOf(pod));
  return because(
    RULE,
    `Namespace ${namespaceOf(pod)} has ${DATAPLANE_LABEL}=ambient`,
    namespace && {
      snapshot,
      kind: 'Namespace',
      object: namespace,
      field: 'metadata.labels',
    },
  );
}
