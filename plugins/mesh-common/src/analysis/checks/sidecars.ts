import { redirection } from '../../istio/ambientEnrolment';
import { Sidecar } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsIn } from '../workloadPods';
import {
  INJECTION_LABEL,
  MODE_LABEL,
  REVISION_LABEL,
} from './namespaceInjection';
import { Selecting } from './selectorConflicts';

/** The Sidecars of a namespace; without labels one is for all pods that no other is for. */
export const sidecarsOf = defineIndex(
  ['networking.istio.io/Sidecar'],
  ({ objects }) =>
    objects('networking.istio.io/Sidecar').map(
      (object): Selecting<Sidecar> => ({ object, labels: labelsOf(object) }),
    ),
);

export function labelsOf({ spec }: Sidecar) {
  const labels = spec?.workloadSelector?.labels ?? {};
  return Object.keys(labels).length > 0 ? labels : undefined;
}

/**
 * What of a Sidecar's workloads is in ambient mode, where there are no sidecars for it to set up: a pod that it
 * selects, or the namespace that it is for.
 */
export function ambientPart(
  snapshot: MeshSnapshot,
  sidecar: Sidecar,
): string | undefined {
  const namespace = namespaceOf(sidecar);
  const labels = labelsOf(sidecar);
  if (!labels) {
    return isAmbientNamespace(snapshot, namespace)
      ? `Namespace ${namespace}`
      : undefined;
  }
  for (const pod of podsIn(snapshot, namespace, labels)) {
    if (redirection(pod) === 'enabled') {
      return `Pod ${pod.metadata.name}`;
    }
  }
  return undefined;
}

/** Whether a namespace is in ambient mode, as its labels say. */
export function isAmbientNamespace(
  snapshot: MeshSnapshot,
  name: string,
): boolean {
  const { labels = {} } =
    snapshot.get('Namespace', undefined, name)?.metadata ?? {};
  return (
    labels[MODE_LABEL] === 'ambient' &&
    labels[INJECTION_LABEL] !== 'enabled' &&
    !labels[REVISION_LABEL]
  );
}
