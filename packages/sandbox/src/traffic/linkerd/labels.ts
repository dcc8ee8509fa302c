import type { Labels } from '../../prometheus/promql/series';
import type { Pod, Service } from '../../world/coreKinds';
import { hostOf } from '../hosts';
import { workloadOf } from '../../controllers/injection/workload';
import type { Inbound, LinkerdFlow, Named } from './flow';
import { identityOf, proxyOf } from './proxy';

/** `target_*`: the address of the pod that a proxy speaks of. */
export function targetLabels(pod: Pod | undefined, port: number | undefined) {
  const ip = pod?.body.status.podIP ?? '';
  return {
    target_addr: `${ip}:${port ?? ''}`,
    target_ip: ip,
    target_port: String(port ?? ''),
  };
}

/** The name that the client called, as its proxy resolved it. */
export function authorityOf({ service, request }: LinkerdFlow): string {
  return `${hostOf(service)}:${request.port}`;
}

/** `dst_*`: what the destination controller says of an endpoint. */
export function destinationLabels(
  service: Service,
  pod: Pod | undefined,
): Labels {
  if (!pod) {
    return {};
  }
  const { kind, name } = workloadOf(pod.object);
  return {
    dst_control_plane_ns: proxyOf(pod) ? 'linkerd' : '',
    [`dst_${kind.toLowerCase()}`]: name,
    dst_namespace: pod.namespace,
    dst_pod: pod.name,
    dst_pod_template_hash: pod.labels['pod-template-hash'] ?? '',
    dst_service: service.name,
    dst_serviceaccount: pod.body.spec.serviceAccountName,
    dst_zone: '',
  };
}

/** A client reports the server's identity, or why there is none. */
export function outboundTls({ tls, server }: LinkerdFlow): Labels {
  return tls && server
    ? { tls: 'true', server_id: identityOf(server) }
    : {
        tls: 'no_identity',
        no_tls_reason: 'not_provided_by_service_discovery',
      };
}

/** A server reports the client's identity, or that the client did not speak TLS. */
export function inboundTls({ tls, client }: LinkerdFlow): Labels {
  return tls
    ? { tls: 'true', client_id: identityOf(client) }
    : { tls: 'no_identity', no_tls_reason: 'no_tls_from_remote' };
}

/** `srv_*`, `route_*` and `authz_*`: the objects of a server's decision. */
export function policyLabels(
  { server, route, authorization }: Inbound,
  port: number | undefined,
): Labels {
  return {
    ...named('srv', server),
    srv_port: String(port ?? ''),
    ...(route && named('route', route)),
    ...(authorization && named('authz', authorization)),
  };
}

function named(prefix: string, { group, kind, name }: Named): Labels {
  return {
    [`${prefix}_group`]: group,
    [`${prefix}_kind`]: kind,
    [`${prefix}_name`]: name,
  };
}

/** `parent_*`, `route_*` and `hostname` of the outbound route metrics. */
export function routeLabels({
  service,
  request,
  outbound,
}: LinkerdFlow): Labels {
  const route = outbound?.route;
  return {
    ...serviceReference('parent', service, request.port),
    route_group: route?.group ?? '',
    route_kind: route?.kind ?? '',
    route_namespace: route?.namespace ?? '',
    route_name: route?.name ?? '',
    hostname: '',
  };
}

export function serviceReference(
  prefix: 'parent' | 'backend',
  { namespace, name }: Service,
  port: number,
): Labels {
  return {
    [`${prefix}_group`]: 'core',
    [`${prefix}_kind`]: 'Service',
    [`${prefix}_namespace`]: namespace,
    [`${prefix}_name`]: name,
    [`${prefix}_port`]: String(port),
    [`${prefix}_section_name`]: '',
  };
}

/** gRPC answers 200 and carries its status in the trailers. */
export function statusOf({ request, outcome }: LinkerdFlow) {
  const grpc = request.protocol === 'grpc';
  const failed = outcome.code >= 500 || (grpc && outcome.code >= 400);
  const failure = outcome.code === 403 ? '7' : '13';
  return {
    http: grpc && outcome.by === 'server' ? 200 : outcome.code,
    labels: {
      status_code: String(grpc ? 200 : outcome.code),
      ...(grpc && { grpc_status: failed ? failure : '0' }),
      classification: failed ? 'failure' : 'success',
      error: '',
    },
  };
}
