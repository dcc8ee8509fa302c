import { ServiceRef } from '../contract/common';
import { Container, Pod, Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isMachine } from './machineKinds';
import { Workload } from './workloads';

const serviceIndex = defineIndex(['Service'], ({ objects }) => {
  const byLabel = new Map<string, Service[]>();
  for (const service of objects('Service')) {
    const first = Object.entries(service.spec.selector ?? {})[0];
    if (first) {
      const key = first.join('=');
      const entry = byLabel.get(key);
      if (entry) {
        entry.push(service);
      } else {
        byLabel.set(key, [service]);
      }
    }
  }
  return byLabel;
});

/**
 * The Services of a namespace whose selector these labels satisfy. A Service without selector selects nothing.
 *
 * @public
 */
export function servicesSelecting(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Service[] {
  const byLabel = serviceIndex(snapshot, namespace);
  return Object.entries(labels)
    .flatMap(label => byLabel.get(label.join('=')) ?? [])
    .filter(({ spec }) => hasLabels(labels, spec.selector ?? {}))
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/**
 * The reference to a Service of a cluster.
 *
 * @public
 */
export function serviceRef(
  snapshot: MeshSnapshot,
  service: Service,
): ServiceRef {
  return {
    cluster: snapshot.cluster,
    namespace: namespaceOf(service),
    name: service.metadata.name,
  };
}

/**
 * The container port that a Service port leads to on a pod: a number is taken as it is, a name is looked
 * up in the containers (native sidecars included), and an absent one means the port itself. Undefined
 * where the pod has no port of that name. A machine outside Kubernetes may have another port under the name
 * of the Service's, which counts before a number.
 *
 * @public
 */
export function targetPortOf(
  port: Pick<ServicePort, 'name' | 'port' | 'targetPort' | 'protocol'>,
  pod: Pick<Pod, 'spec'> & Partial<Pick<Pod, 'kind'>>,
): number | undefined {
  const { protocol, targetPort: target = port.port } = port;
  if (typeof target !== 'number') {
    return portNamed(pod, target, protocol);
  }
  const number = target === 0 ? port.port : target;
  return pod.kind && isMachine({ kind: pod.kind })
    ? portNamed(pod, port.name, protocol) ?? number
    : number;
}

function portNamed(
  pod: Pick<Pod, 'spec'>,
  wanted: string | undefined,
  transport: string,
): number | undefined {
  return containersOf(pod)
    .flatMap(container => container.ports)
    .find(({ name, protocol }) => name === wanted && protocol === transport)
    ?.containerPort;
}

/**
 * The containers whose ports count: those that run beside each other, native sidecars included.
 *
 * @public
 */
export function containersOf(pod: Pick<Pod, 'spec'>): Container[] {
  return [
    ...pod.spec.initContainers.filter(
      ({ restartPolicy }) => restartPolicy === 'Always',
    ),
    ...pod.spec.containers,
  ];
}

/**
 * A port of a workload, and how one gets there.
 *
 * @public
 */
export interface WorkloadPort {
  port: number;
  name?: string;
  transport: string;
  services: { service: Service; port: ServicePort }[];
}

/**
 * The Services by which clients may call a port; without any, they call the pods themselves.
 *
 * @public
 */
export function waysTo({
  services,
}: WorkloadPort): (WorkloadPort['services'][number] | undefined)[] {
  return services.length > 0 ? services : [undefined];
}

const EMPTY_SPEC: Pod['spec'] = { containers: [], initContainers: [] };

/**
 * The ports of a workload: those that its containers declare and those that Services lead to, without the
 * ports of the proxies themselves.
 *
 * @public
 */
export function portsOf(
  snapshot: MeshSnapshot,
  workload: Workload,
  isProxy: (container: Container) => boolean,
): WorkloadPort[] {
  const ports = new Map<string, WorkloadPort>();
  const add = (port: number, transport: string, name?: string) => {
    const key = `${port}/${transport}`;
    const known = ports.get(key);
    if (known) {
      known.name ??= name;
      return known;
    }
    const added: WorkloadPort = { port, name, transport, services: [] };
    ports.set(key, added);
    return added;
  };
  const specs: Pick<Pod, 'spec'>[] =
    workload.pods.length > 0
      ? [...workload.pods]
      : [{ spec: workload.controller?.spec.template.spec ?? EMPTY_SPEC }];
  for (const pod of specs) {
    for (const container of containersOf(pod)) {
      if (!isProxy(container)) {
        for (const port of container.ports) {
          add(port.containerPort, port.protocol, port.name);
        }
      }
    }
  }
  for (const service of servicesSelecting(
    snapshot,
    workload.ref.namespace,
    workload.labels,
  )) {
    for (const port of service.spec.ports) {
      const targets = new Set(specs.map(pod => targetPortOf(port, pod)));
      for (const target of targets) {
        if (target !== undefined) {
          add(target, port.protocol).services.push({ service, port });
        }
      }
    }
  }
  return [...ports.values()].sort((a, b) => a.port - b.port);
}
