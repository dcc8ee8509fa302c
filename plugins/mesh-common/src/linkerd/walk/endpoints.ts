import { Pod, Service, ServicePort } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { targetPortOf } from '../../mesh/services';
import { templatePodsSelected } from '../../mesh/templatePods';
import { isReady } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';

/** One pod where a request may end. */
export interface WalkEndpoint {
  pod: Pod;
  /** Of the container. */
  port: number;
  ready: boolean;
  /** The Service that the client named, where it named one. */
  service?: { service: Service; port: ServicePort };
}

/**
 * The endpoints of a Service's port; over files that have no pods, those that the templates would make. Undefined
 * where they are not known: the Service has no selector, so that somebody else writes them (a mirror of another
 * cluster's, say), or pods cannot be read.
 */
export function endpointsOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): WalkEndpoint[] | undefined {
  const { selector, clusterIP } = service.spec;
  if (
    !selector ||
    Object.keys(selector).length === 0 ||
    snapshot.read('Pod').state !== 'read'
  ) {
    return undefined;
  }
  const namespace = namespaceOf(service);
  const pods = podsWithLabels(snapshot, namespace, selector).filter(
    ({ status }) => !['Succeeded', 'Failed'].includes(status?.phase ?? ''),
  );
  const predicted =
    pods.length === 0 && snapshot.origin === 'files'
      ? templatePodsSelected(snapshot, namespace, { matchLabels: selector })
      : [];
  const endpointOf = (pod: Pod, ready: boolean): WalkEndpoint[] => {
    // Of a Service without an address the client dials the pod itself, at the port that it names.
    const target = clusterIP === 'None' ? port.port : targetPortOf(port, pod);
    return target === undefined
      ? []
      : [{ pod, port: target, ready, service: { service, port } }];
  };
  return [
    ...pods.flatMap(pod => endpointOf(pod, isReady(pod))),
    ...predicted.flatMap(pod => endpointOf(pod, true)),
  ];
}
