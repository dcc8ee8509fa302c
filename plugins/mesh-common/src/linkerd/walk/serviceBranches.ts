import { Reason } from '../../contract/common';
import { Service, ServicePort } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { FoundBranch } from '../../mesh/walk/compose';
import { mirrorOf } from '../multicluster/mirror';
import { isHeadless } from '../routeParents';
import { branchTo, Target } from './branch';
import { endpointsOf } from './endpoints';
import { gatewayBranches } from './gatewayBranches';
import { mirroredEndpoints, withoutProxy } from './mirroredEndpoints';
import { Way } from './way';

/** A share of the requests that goes to a Service. */
export interface ServiceTarget {
  percent: number;
  host: string;
  port: number;
  service: Service;
  /** Absent: the Service has no such port. */
  servicePort: ServicePort | undefined;
  reasons: readonly Reason[];
}

/** What becomes of the requests that go to a Service: its own endpoints take them, or those of what it mirrors. */
export function serviceBranches(
  way: Way,
  { service, servicePort, ...place }: ServiceTarget,
): FoundBranch[] {
  const mirror = mirrorOf(service);
  if (!mirror) {
    const taken = servicePort ?? portOfPods(service, place.port);
    const endpoints = taken ? endpointsOf(way.snapshot, service, taken) : [];
    return [branchTo(way, onNode(way, service, { ...place, endpoints }))];
  }
  if (!servicePort) {
    return [branchTo(way, { ...place, endpoints: [] })];
  }
  if (mirror.by === 'gateway') {
    return gatewayBranches(way, place, { service, servicePort, mirror });
  }
  const port = { service, servicePort, mirror };
  return [
    branchTo(way, {
      ...place,
      ...(way.reading === 'none'
        ? withoutProxy(way.snapshot, port)
        : mirroredEndpoints(way.snapshot, port)),
    }),
  ];
}

/**
 * A port that a Service does not have, and a route or a ServiceProfile names: proxies find the pods of the Service, and
 * connect to that port of them. Of a Service that has no ports they find none.
 *
 * Upstream: controller/api/destination/watcher/endpoints_watcher.go, `getTargetPort`, `resolveESTargetPort`.
 */
function portOfPods(service: Service, port: number): ServicePort | undefined {
  return service.spec.ports.length > 0
    ? { port, targetPort: port, protocol: 'TCP' }
    : undefined;
}

/**
 * With `internalTrafficPolicy: Local` clients get the endpoints on their own node alone, from their proxy as from
 * kube-proxy; where there is none the request fails. It is not known where a client is that no node runs yet.
 *
 * Upstream: controller/api/destination/endpoint_translator.go, `filterAddresses`.
 */
function onNode(
  { snapshot, client }: Way,
  service: Service,
  target: Target,
): Target {
  const node = client.pod?.spec.nodeName;
  const { endpoints, reasons } = target;
  if (
    service.spec.internalTrafficPolicy !== 'Local' ||
    isHeadless(service) ||
    node === undefined ||
    'reason' in endpoints
  ) {
    return target;
  }
  return {
    ...target,
    endpoints: endpoints.filter(
      endpoint => 'pod' in endpoint && endpoint.pod.spec.nodeName === node,
    ),
    reasons: [
      because(
        'linkerd/local-traffic',
        `Of the endpoints those on node ${node} count alone, where the client is`,
        {
          snapshot,
          kind: 'Service',
          object: service,
          field: 'spec.internalTrafficPolicy',
        },
      ),
      ...reasons,
    ],
  };
}
