import { Pod, Service } from '../kubernetes/core';
import { isReady } from '../mesh/workloads';

/**
 * Whether a pod gets requests as an endpoint of a Service: it is ready and not about to end, or the Service asks for pods
 * whatever they are (`publishNotReadyAddresses`).
 *
 * Upstream: Kubernetes, discovery.k8s.io/v1, `EndpointConditions.ready`, by which the destination controller of Linkerd
 * takes them.
 */
export function getsRequests({ spec }: Service, pod: Pod): boolean {
  return (
    spec.publishNotReadyAddresses === true ||
    (pod.metadata.deletionTimestamp === undefined && isReady(pod))
  );
}
