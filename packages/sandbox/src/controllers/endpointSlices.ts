import type { ObjectStore, StoredObject } from '../store/types';
import { equalJson } from '../store/values';
import {
  endpointSlices,
  isReady,
  pods,
  runningContainers,
  services,
  type Pod,
  type Service,
  type ServicePort,
} from '../world/coreKinds';
import { hasLabels } from '../world/selector';
import type { Controller } from './manager';
import { fnv1a } from './names';
import { ownerReference } from './owners';

const MANAGED_BY = 'endpointslice-controller.k8s.io';

/**
 * A Service with a selector has EndpointSlices with the pods that it selects: one for each set of container ports that
 * its port names resolve to.
 */
export const endpointSliceController: Controller = {
  name: 'endpointslice',
  reconcile({ store }) {
    for (const service of services.list(store)) {
      const { selector } = service.body.spec;
      if (!selector || Object.keys(selector).length === 0) {
        continue;
      }
      const desired = slicesFor(
        service,
        pods
          .list(store, service.namespace)
          .filter(
            pod => pod.body.status.podIP && hasLabels(selector, pod.labels),
          ),
      );
      const names = desired.map(slice => slice.metadata.name);
      const resource = store.resourceOf(
        endpointSlices.group,
        endpointSlices.kind,
      );
      endpointSlices
        .list(store, service.namespace)
        .filter(
          slice =>
            slice.labels['kubernetes.io/service-name'] === service.name &&
            slice.labels['endpointslice.kubernetes.io/managed-by'] ===
              MANAGED_BY &&
            !names.includes(slice.name),
        )
        .forEach(
          slice =>
            resource && store.delete(resource, slice.namespace, slice.name),
        );
      desired
        .filter(slice => !isStored(store, slice))
        .forEach(slice => store.put(slice));
    }
  },
};

function isStored(store: ObjectStore, slice: StoredObject): boolean {
  const { namespace, name } = slice.metadata;
  const stored = endpointSlices.get(store, namespace, name)?.object;
  return (
    equalJson(stored?.endpoints, slice.endpoints) &&
    equalJson(stored?.ports, slice.ports)
  );
}

function slicesFor(service: Service, selected: Pod[]): StoredObject[] {
  const groups = new Map<string, { ports: unknown[]; pods: Pod[] }>();
  for (const pod of selected) {
    const ports = service.body.spec.ports.flatMap(port => {
      const number = targetPort(port, pod);
      return number === undefined
        ? []
        : [
            {
              name: port.name,
              port: number,
              protocol: port.protocol,
              ...(port.appProtocol && { appProtocol: port.appProtocol }),
            },
          ];
    });
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, pods: [] };
    group.pods.push(pod);
    groups.set(key, group);
  }
  return [...groups].map(([key, group]) => ({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service.name}-${fnv1a(key).toString(36).slice(0, 5)}`,
      namespace: service.namespace,
      labels: {
        'endpointslice.kubernetes.io/managed-by': MANAGED_BY,
        'kubernetes.io/service-name': service.name,
      },
      ownerReferences: [ownerReference(service.object)],
    },
    addressType: 'IPv4',
    endpoints: group.pods.map(pod => {
      const ready = isReady(pod);
      return {
        addresses: [pod.body.status.podIP],
        conditions: { ready, serving: ready, terminating: false },
        nodeName: pod.body.spec.nodeName,
        targetRef: {
          kind: 'Pod',
          namespace: pod.namespace,
          name: pod.name,
          uid: pod.uid,
        },
      };
    }),
    ports: group.ports,
  }));
}

/** The container port behind a Service port on this pod; undefined where the pod has no port of that name. */
export function targetPort(
  { port, targetPort: target = port }: ServicePort,
  pod: Pod,
): number | undefined {
  if (typeof target === 'number') {
    return target;
  }
  return runningContainers(pod)
    .flatMap(container => container.ports)
    .find(({ name, protocol }) => name === target && protocol === 'TCP')
    ?.containerPort;
}
