import { Reason } from '../../contract/common';
import { Service, ServicePort } from '../../kubernetes/core';
import { away } from '../../mesh/walk/away';
import { Found, FoundBranch } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { hostOf } from '../routeBackends';
import { branchTo } from './branch';
import { serviceBranches } from './serviceBranches';
import { Place } from './place';
import { Way } from './way';

const RULE = 'linkerd/walk/direct';

/** A request that no proxy of the client takes. */
export function unrouted(way: Way, place: Place, reasons: Reason[]): Found {
  const text =
    'No proxy takes the request on the side of the client: no routes apply';
  return {
    steps: [step('route', 'ok', text, reasons)],
    branches: directBranches(way, place, reasons),
  };
}

/** A request that the proxy of the client sends on as it is. */
export function past(way: Way, place: Place, text: string): Found {
  const reasons = [{ rule: RULE, text }];
  return {
    steps: [step('route', 'ok', text, reasons)],
    branches: directBranches(way, place, reasons),
  };
}

/** Where a connection goes that no route takes. */
function directBranches(
  way: Way,
  place: Place,
  reasons: Reason[],
): FoundBranch[] {
  const { snapshot, request } = way;
  switch (place.is) {
    case 'pod':
      return [
        branchTo(way, {
          percent: 100,
          host: place.host,
          port: request.port,
          endpoints: [
            { on: snapshot, pod: place.pod, port: request.port, ready: true },
          ],
          reasons,
        }),
      ];
    case 'external':
      return [
        branchTo(way, {
          percent: 100,
          host: place.host,
          port: request.port,
          endpoints: [
            {
              on: snapshot,
              external: place.external,
              port: request.port,
              ready: true,
            },
          ],
          reasons,
        }),
      ];
    case 'service': {
      const { service } = place;
      return serviceBranches(way, {
        percent: 100,
        host: hostOf(
          snapshot,
          service.metadata.namespace ?? '',
          service.metadata.name,
        ).host,
        port: request.port,
        service,
        servicePort: portOf(service, request.port),
        reasons,
      });
    }
    default:
      return [away(way.request, place.host, reasons)];
  }
}

/** Behind a Service without an address a client may dial any port of the pods. */
function portOf(service: Service, port: number): ServicePort | undefined {
  const declared = service.spec.ports.find(one => one.port === port);
  return (
    declared ??
    (service.spec.clusterIP === 'None' ? { port, protocol: 'TCP' } : undefined)
  );
}
