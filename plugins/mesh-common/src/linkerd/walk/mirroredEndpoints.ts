import { Reason } from '../../contract/common';
import { Service, ServicePort } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { EndpointMirror, MirroredService } from '../multicluster/mirror';
import { mirrorProblems, targetCluster } from '../multicluster/targetClusters';
import { endpointsOf, UnknownEndpoints, WalkEndpoint } from './endpoints';

const RULE = 'linkerd/walk/mirror';

/** A port of a Service that mirrors others, whose endpoints clients connect to themselves. */
export interface MirroringPort {
  service: Service;
  servicePort: ServicePort;
  mirror: EndpointMirror;
}

/**
 * The endpoints of the Services that a mirror stands for, which clients connect to themselves, with their own identities.
 * Of a Service that does not have the port there are none.
 *
 * Upstream: controller/api/destination/get.go, `Get`; federated_service_watcher.go, `remoteDiscoverySubscribe`.
 */
export function mirroredEndpoints(
  snapshot: MeshSnapshot,
  { service, servicePort, mirror }: MirroringPort,
): {
  endpoints: WalkEndpoint[] | UnknownEndpoints;
  reasons: Reason[];
  partial: Reason[];
} {
  const problemsOf = ({ cluster, ...of }: MirroredService) =>
    cluster ? mirrorProblems(snapshot, cluster, of) : [];
  const found = mirror.of.map(one =>
    memberEndpoints(snapshot, one, servicePort),
  );
  const endpoints = found.flatMap(one => one.endpoints ?? []);
  const unknown = found.flatMap(one => (one.unknown ? [one.unknown] : []));
  return {
    endpoints:
      endpoints.length === 0 && unknown.length > 0
        ? unknown[0]
        : // The client dials the mirror, whatever the port of a container is.
          endpoints.map(endpoint => ({
            ...endpoint,
            service: { service, port: servicePort },
          })),
    reasons: [
      because(RULE, mirrorText(service, mirror), {
        snapshot,
        kind: 'Service',
        object: service,
        field: mirror.field,
      }),
    ],
    partial: [
      ...unknown.map(({ reason }) => reason),
      ...mirror.of.flatMap(problemsOf),
    ],
  };
}

/** Kubernetes has no endpoints of such a mirror: nobody else than the proxies of clients is told of them. */
export function withoutProxy(
  snapshot: MeshSnapshot,
  { service, mirror }: MirroringPort,
): { endpoints: WalkEndpoint[]; reasons: Reason[] } {
  const { namespace, name } = service.metadata;
  const text = `Service ${namespace}/${name} has endpoints for proxies of Linkerd alone, which know those of other clusters`;
  return {
    endpoints: [],
    reasons: [
      because(RULE, text, {
        snapshot,
        kind: 'Service',
        object: service,
        field: mirror.field,
      }),
    ],
  };
}

function mirrorText(
  { metadata }: Service,
  { of, isFederated }: EndpointMirror,
): string {
  const names = of.map(
    ({ cluster, namespace, name }) =>
      `${namespace}/${name} ${cluster ? `of the cluster ${cluster}` : 'here'}`,
  );
  return `Service ${metadata.namespace}/${metadata.name} ${
    isFederated ? 'joins the endpoints of' : 'has the endpoints of'
  } ${names.join(', ')}: clients connect to them, without a gateway between`;
}

function memberEndpoints(
  snapshot: MeshSnapshot,
  { cluster, namespace, name }: MirroredService,
  { port }: ServicePort,
): { endpoints?: WalkEndpoint[]; unknown?: UnknownEndpoints } {
  const on = cluster ? targetCluster(snapshot, cluster) : snapshot;
  if ('reason' in on) {
    return { unknown: on };
  }
  const read = on.read('Service');
  if (read.state !== 'read') {
    return {
      unknown: {
        cause: read.state,
        reason: { rule: RULE, text: `${on.cluster}: ${read.message}` },
      },
    };
  }
  const member = on.get('Service', namespace, name);
  const found = member?.spec.ports.find(
    one => one.port === port && one.protocol !== 'UDP',
  );
  const endpoints = member && found ? endpointsOf(on, member, found) : [];
  return 'reason' in endpoints ? { unknown: endpoints } : { endpoints };
}
