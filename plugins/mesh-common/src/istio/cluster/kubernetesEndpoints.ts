import { Pod, Service, ServicePort } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { hasEnded } from '../../mesh/hasEnded';
import { targetPortOf } from '../../mesh/services';
import { isReady } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { isCapable } from '../capability';
import { ServiceEndpoint } from './ServiceEndpoint';
import {
  isCapableEntry,
  isHealthyEntry,
  LabelledEntry,
  workloadEntriesWithLabels,
} from './workloadEntries';

/**
 * The endpoints of a Service's port: the pods that its selector selects and the WorkloadEntries that it does.
 * Undefined where they are not known: the Service has no selector (somebody else writes its endpoints), or
 * pods cannot be read.
 */
export function kubernetesEndpoints(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): ServiceEndpoint[] | undefined {
  const { selector } = service.spec;
  if (!selector || Object.keys(selector).length === 0) {
    return undefined;
  }
  if (snapshot.read('Pod').state !== 'read') {
    return undefined;
  }
  const namespace = namespaceOf(service);
  return [
    ...podEndpoints(snapshot, namespace, selector, pod =>
      targetPortOf(port, pod),
    ),
    ...workloadEntriesWithLabels(snapshot, namespace, selector).flatMap(
      labelled => workloadEntryEndpoint(labelled, port),
    ),
  ];
}

/** The pods with these labels as endpoints, but for those that have ended or have no such port. */
export function podEndpoints(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: Readonly<Record<string, string>>,
  portOf: (pod: Pod) => number | undefined,
): ServiceEndpoint[] {
  return podsWithLabels(snapshot, namespace, selector).flatMap(pod => {
    const port = portOf(pod);
    return port === undefined || hasEnded(pod)
      ? []
      : [podEndpoint(snapshot, pod, port)];
  });
}

/** A pod as an endpoint. */
export function podEndpoint(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): ServiceEndpoint {
  const podIP = pod.status?.podIP;
  return {
    source: { kind: 'Pod', object: pod },
    ...(podIP && { address: podIP }),
    port,
    labels: pod.metadata.labels,
    capable: isCapable(snapshot, pod),
    ready: isReady(pod),
  };
}

/**
 * A WorkloadEntry behind a Service: its port of the name that `targetPort` has, or of the Service port's name
 * where `targetPort` is a number, which counts where there is none.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/util.go, `findServiceTargetPort`,
 * controller.go, `serviceInstanceFromWorkloadInstance`.
 */
function workloadEntryEndpoint(
  { entry, labels }: LabelledEntry,
  { port, targetPort = port, name = '' }: ServicePort,
): ServiceEndpoint[] {
  const { address, ports = {}, weight, serviceAccount } = entry.spec ?? {};
  const named = ports[typeof targetPort === 'string' ? targetPort : name];
  const found = named || (typeof targetPort === 'number' ? targetPort : 0);
  if (!address || !isIpAddress(address) || found === 0) {
    return [];
  }
  return [
    {
      source: { kind: 'networking.istio.io/WorkloadEntry', object: entry },
      address,
      port: found,
      labels,
      capable: isCapableEntry(labels, serviceAccount),
      ...(weight !== undefined && weight > 1 && { weight }),
      ready: isHealthyEntry(entry),
    },
  ];
}

/** Kubernetes Services reach no host names and no sockets. */
function isIpAddress(address: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*)$/i.test(address);
}
