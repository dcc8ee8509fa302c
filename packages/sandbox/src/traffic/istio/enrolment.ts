import { REDIRECTION } from '../../controllers/ambient';
import { runningContainers, type Pod } from '../../world/coreKinds';

/** What takes the traffic of a pod. A waypoint or gateway is a proxy itself. */
export type DataPlane = 'sidecar' | 'ambient' | 'none';

export function dataPlaneOf(pod: Pod): DataPlane {
  if (runningContainers(pod).some(({ name }) => name === 'istio-proxy')) {
    return 'sidecar';
  }
  return pod.annotations[REDIRECTION] === 'enabled' ? 'ambient' : 'none';
}

/** Whether istiod tells clients that this endpoint speaks mTLS: the label that the injector sets. */
export function speaksMutualTls(pod: Pod): boolean {
  return (
    pod.labels['security.istio.io/tlsMode'] === 'istio' &&
    dataPlaneOf(pod) === 'sidecar'
  );
}

/** The identity without its scheme, as `principals` has it. */
export function principalOf({ namespace, body }: Pod): string {
  return `cluster.local/ns/${namespace}/sa/${body.spec.serviceAccountName}`;
}

export function spiffeOf(pod: Pod): string {
  return `spiffe://${principalOf(pod)}`;
}
