import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { meshConfig } from './meshConfig';
import { Sidecar } from './objects';
import { injectedRevision } from './pods';
import { sidecarScope } from './sidecarScope';

/** A port that a Sidecar lists for what comes in. */
export type IngressListener = NonNullable<
  NonNullable<Sidecar['spec']>['ingress']
>[number];

/** The listeners of the Sidecar that applies to a pod; none where that is not known. */
export function ingressListeners(
  snapshot: MeshSnapshot,
  pod: Pod,
): { sidecar?: Sidecar; listeners: readonly IngressListener[] } {
  const mesh = meshConfig(snapshot, injectedRevision(pod));
  if (mesh.state !== 'read') {
    return { listeners: [] };
  }
  const scope = sidecarScope(
    snapshot,
    { namespace: namespaceOf(pod), labels: pod.metadata.labels },
    mesh.config,
  );
  if ('value' in scope || !scope.sidecar) {
    return { listeners: [] };
  }
  const { sidecar } = scope;
  return { sidecar, listeners: sidecar.spec?.ingress ?? [] };
}
