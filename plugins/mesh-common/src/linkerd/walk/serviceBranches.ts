import { Reason } from '../../contract/common';
import { Service, ServicePort } from '../../kubernetes/core';
import { FoundBranch } from '../../mesh/walk/compose';
import { mirrorOf } from '../multicluster/mirror';
import { branchTo } from './branch';
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
  if (!servicePort) {
    return [branchTo(way, { ...place, endpoints: [] })];
  }
  const mirror = mirrorOf(service);
  if (!mirror) {
    const endpoints = endpointsOf(way.snapshot, service, servicePort);
    return [branchTo(way, { ...place, endpoints })];
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
