import { Container, Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { EndpointSource } from '../cluster/ServiceEndpoint';
import { isCapableEntry, writtenWorkload } from '../cluster/workloadEntries';

/**
 * A workload outside the cluster (a virtual machine) that clients take for one with a proxy, as a pod that policies and
 * Services select by its labels: istiod configures its sidecar as one of the entry's namespace. Undefined for one of
 * which nothing says that a proxy runs there.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `ConvertWorkloadEntry`; policies go by the labels and the
 * namespace of a proxy, wherever it runs (pilot/pkg/model/context.go, `SetWorkloadLabels`).
 */
export function outsideWorkload(source: EndpointSource): Pod | undefined {
  const found = writtenWorkload(source);
  if (!found || !isCapableEntry(found.labels, found.written.serviceAccount)) {
    return undefined;
  }
  const { object } = source;
  const { address, serviceAccount, ports = {} } = found.written;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: object.metadata.name,
      namespace: namespaceOf(object),
      labels: { ...found.labels },
      annotations: { ...object.metadata.annotations },
      ownerReferences: [],
    },
    spec: {
      containers: [applicationWith(ports)],
      initContainers: [],
      ...(serviceAccount && { serviceAccountName: serviceAccount }),
    },
    status: {
      ...(address && { podIP: address }),
      conditions: [],
      containerStatuses: [],
      initContainerStatuses: [],
    },
  };
}

/** Its process, with the ports that the entry names. */
function applicationWith(ports: Readonly<Record<string, number>>): Container {
  return {
    name: 'application',
    ports: Object.entries(ports).map(([name, containerPort]) => ({
      name,
      containerPort,
      protocol: 'TCP',
    })),
    env: [],
  };
}
