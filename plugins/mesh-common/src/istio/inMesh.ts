import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { redirection } from './ambientEnrolment';

const INJECT = 'sidecar.istio.io/inject';

/**
 * Whether istioctl takes a pod to be in the mesh, by simpler rules than the injector's: it has the container
 * `istio-proxy`; else what its label or annotation `sidecar.istio.io/inject` says; else what the label
 * `istio-injection` of its namespace says. Pods in ambient mode are in the mesh too.
 *
 * Upstream: pkg/config/analysis/analyzers/util/in_mesh.go, `PodInMesh`, `PodInAmbientMode`.
 */
export function isInMeshForIstioctl(snapshot: MeshSnapshot, pod: Pod): boolean {
  const { labels, annotations } = pod.metadata;
  if (
    [...pod.spec.containers, ...pod.spec.initContainers].some(
      ({ name }) => name === 'istio-proxy',
    ) ||
    redirection(pod) === 'enabled'
  ) {
    return true;
  }
  const asked = labels[INJECT] ?? annotations[INJECT];
  if (asked !== undefined) {
    return asked === 'true';
  }
  const namespace = snapshot.get('Namespace', undefined, namespaceOf(pod));
  return namespace?.metadata.labels['istio-injection'] === 'enabled';
}
