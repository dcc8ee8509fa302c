import { isCapable, isTunnelled } from '../../istio/capability';
import { proxyOf } from '../../istio/pods';
import { Pod, Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsIn } from '../workloadPods';

/** Pods come and go; what is said of the Service changes with the answer alone. */
const askForPodInMesh = defineQuestion<boolean>((snapshot, key) => {
  const [namespace, selector]: [string, Record<string, string>] =
    JSON.parse(key);
  for (const pod of podsIn(snapshot, namespace, selector)) {
    if (isInMesh(snapshot, pod)) {
      return true;
    }
  }
  return false;
}, Object.is);

/** Whether a Service selects a pod that has a proxy or is in ambient mode, or over files would have or be. */
export function selectsPodInMesh(
  snapshot: MeshSnapshot,
  service: Service,
): boolean {
  const { selector = {} } = service.spec;
  return (
    Object.keys(selector).length > 0 &&
    askForPodInMesh(snapshot, JSON.stringify([namespaceOf(service), selector]))
  );
}

function isInMesh(snapshot: MeshSnapshot, pod: Pod): boolean {
  return (
    proxyOf(pod) !== undefined ||
    isTunnelled(snapshot, pod) ||
    isCapable(snapshot, pod)
  );
}
