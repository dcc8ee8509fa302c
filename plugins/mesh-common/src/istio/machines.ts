import { Container, Pod, WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { isHealthyEntry, WrittenEndpoint } from './cluster/workloadEntries';
import { ServiceEntry, WorkloadEntry, WorkloadGroup } from './objects';

/** What a pod is made of that stands for a machine. */
interface Machine {
  object: WorkloadEntry | ServiceEntry;
  written: WrittenEndpoint;
  labels: Readonly<Record<string, string>>;
  /** The ports of ServiceEntries that lead to it, beside those that it says it has. */
  ports?: Readonly<Record<string, number>>;
}

/**
 * A machine outside Kubernetes as a pod that Services and policies select by its labels: istiod configures its sidecar as
 * one of the entry's namespace.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `ConvertWorkloadEntry`; policies go by the labels and the
 * namespace of a proxy, wherever it runs (pilot/pkg/model/context.go, `SetWorkloadLabels`).
 */
export function machinePod({ object, written, labels, ports }: Machine): Pod {
  const { address, serviceAccount } = written;
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    metadata: { ...metadata, labels: { ...labels } },
    spec: {
      containers: [applicationWith({ ...ports, ...written.ports })],
      initContainers: [],
      ...(serviceAccount && { serviceAccountName: serviceAccount }),
    },
    status: {
      ...(address && { podIP: address }),
      conditions: isHealthy(object) ? [{ type: 'Ready', status: 'True' }] : [],
      containerStatuses: [],
      initContainerStatuses: [],
    },
  };
}

/** Machines whose health nobody checks get requests as healthy ones do. */
function isHealthy(object: Machine['object']): boolean {
  return !isEntry(object) || isHealthyEntry(object);
}

function isEntry(object: Machine['object']): object is WorkloadEntry {
  return object.kind === 'WorkloadEntry';
}

/** Its process, with the ports that are named. */
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

const templates = new WeakMap<WorkloadGroup, WorkloadController>();

/**
 * A WorkloadGroup as what makes machines: those that join it get its labels, annotations, ports and service account.
 *
 * Upstream: pilot/pkg/autoregistration/controller.go, `workloadEntryFromGroup`.
 */
export function groupController(group: WorkloadGroup): WorkloadController {
  const known = templates.get(group);
  if (known) {
    return known;
  }
  const { metadata, template = {} } = group.spec ?? {};
  const { serviceAccount, ports = {} } = template;
  const made: WorkloadController = {
    apiVersion: group.apiVersion,
    kind: group.kind,
    metadata: group.metadata,
    spec: {
      template: {
        metadata: {
          namespace: namespaceOf(group),
          labels: { ...template.labels, ...metadata?.labels },
          annotations: { ...metadata?.annotations },
          ownerReferences: [],
        },
        spec: {
          containers: [applicationWith(ports)],
          initContainers: [],
          ...(serviceAccount && { serviceAccountName: serviceAccount }),
        },
      },
    },
  };
  templates.set(group, made);
  return made;
}
