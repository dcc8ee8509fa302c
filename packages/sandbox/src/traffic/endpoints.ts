import type { ObjectStore } from '../store/types';
import {
  endpointSlices,
  pods,
  type Pod,
  type Service,
  type ServicePort,
} from '../world/coreKinds';

/** A ready pod behind a Service port. */
export interface Endpoint {
  pod: Pod;
  /** The container's port. */
  port: number;
}

export function portOf(
  service: Service,
  port: number,
): ServicePort | undefined {
  return service.body.spec.ports.find(
    candidate => candidate.port === port && candidate.protocol === 'TCP',
  );
}

/** The ready pods behind a port of a Service, as the EndpointSlices say. */
export function endpointsOf(
  store: ObjectStore,
  service: Service,
  { name }: ServicePort,
): Endpoint[] {
  return endpointSlices
    .list(store, service.namespace)
    .filter(
      slice => slice.labels['kubernetes.io/service-name'] === service.name,
    )
    .flatMap(({ body }) => {
      const port = body.ports.find(candidate => candidate.name === name)?.port;
      return body.endpoints.flatMap(({ conditions, targetRef }) => {
        const pod =
          targetRef && pods.get(store, service.namespace, targetRef.name);
        return pod && port !== undefined && conditions.ready !== false
          ? [{ pod, port }]
          : [];
      });
    });
}
