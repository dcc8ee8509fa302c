import { Reason } from '../../contract/common';
import { WalkBranch } from '../../contract/walk';
import { Service, ServicePort } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { targetPortOf } from '../../mesh/services';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { kubernetesEndpoints } from '../cluster/kubernetesEndpoints';
import { ServiceEndpoint } from '../cluster/ServiceEndpoint';
import { serviceEndpoints } from '../cluster/serviceEndpoints';
import { branchTo } from './destination';
import {
  AddedTls,
  portNamed,
  templateEndpoints,
  tunnelTo,
  WalkEndpoint,
} from './endpoints';
import { NamedPlace, portCalled } from './names';
import { away } from '../../mesh/walk/away';
import { step } from '../../mesh/walk/steps';
import { Way } from './way';

/**
 * Where a connection goes that no proxy routes: to a pod behind the Service by the cluster's own balancing, to the
 * pod itself, or away. `tunnels`: a ztunnel carries it, which uses mutual TLS with what takes it.
 */
export function directBranch(
  way: Way,
  place: NamedPlace,
  reasons: readonly Reason[],
  { tunnels }: { tunnels: boolean },
): WalkBranch {
  const { snapshot, request } = way;
  const added = (source: WalkEndpoint['source']): AddedTls =>
    (tunnels && source && tunnelTo(snapshot, source)) || {
      tls: 'none',
      reasons: [...reasons],
    };
  switch (place.is) {
    case 'service':
      return serviceBranch(way, place.service, reasons, added);
    case 'pod': {
      const source = { kind: 'Pod' as const, object: place.pod };
      return branchTo(way, {
        percent: 100,
        host: place.host,
        port: request.port,
        reasons: [...reasons],
        endpoints: [
          {
            source,
            ...(place.pod.status?.podIP && { address: place.pod.status.podIP }),
            port: request.port,
            ready: true,
            added: added(source),
          },
        ],
      });
    }
    case 'entry': {
      const { found } = place;
      const endpoints = found.external
        ? undefined
        : serviceEndpoints(snapshot, found, request.port);
      return endpoints
        ? branchTo(way, {
            percent: 100,
            host: found.host,
            port: request.port,
            reasons: [...reasons],
            endpoints: endpoints.map(endpoint =>
              walkEndpoint(endpoint, added(endpoint.source)),
            ),
          })
        : away(way.request, place.host, reasons);
    }
    default:
      return away(way.request, place.host, reasons);
  }
}

function serviceBranch(
  way: Way,
  service: Service,
  reasons: readonly Reason[],
  added: (source: WalkEndpoint['source']) => AddedTls,
): WalkBranch {
  const { request, snapshot } = way;
  const { name } = service.metadata;
  if (service.spec.type === 'ExternalName') {
    return away(way.request, service.spec.externalName ?? name, reasons);
  }
  const host = `${name}.${namespaceOf(service)}`;
  const port = portCalled(service, request.port);
  if (!port) {
    return {
      percent: 100,
      host,
      port: request.port,
      workloads: [],
      sends: 'fails',
      outcome: 'failed',
      status: null,
      steps: [
        step(
          'destination',
          'ends',
          `Service ${host} has no port ${request.port}: nothing answers there`,
          reasons,
        ),
      ],
    };
  }
  return branchTo(way, {
    percent: 100,
    host,
    port: port.port,
    reasons: [...reasons],
    endpoints: endpointsOf(snapshot, service, port)?.map(endpoint => ({
      ...walkEndpoint(endpoint, added(endpoint.source)),
      ...(service.spec.clusterIP === 'None' &&
        portNamed(endpoint, request.port)),
    })),
  });
}

function endpointsOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
): ServiceEndpoint[] | undefined {
  const found = kubernetesEndpoints(snapshot, service, port);
  return found?.length === 0
    ? templateEndpoints(
        snapshot,
        namespaceOf(service),
        service.spec.selector,
        pod => targetPortOf(port, pod),
      ).map(endpoint => ({ ...endpoint, ready: true }))
    : found;
}

function walkEndpoint(
  { source, address, port, ready }: ServiceEndpoint,
  added: AddedTls,
): WalkEndpoint {
  return {
    source,
    ...(address !== undefined && { address }),
    port,
    ready,
    added,
  };
}
