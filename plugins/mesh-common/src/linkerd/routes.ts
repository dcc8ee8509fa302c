import { Answer, Reason } from '../contract/common';
import { PortRoutes, ServiceRoutes } from '../contract/routing';
import { Pod, Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { unreadInput } from '../mesh/answers';
import { findWorkload } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsOf } from './identity';
import { ALL_ROUTE_KINDS } from './linkerdRoutes';
import { policyOfService } from './outbound/outboundPolicy';
import { OutboundPolicy, OutboundPolicyProtocol } from './outbound/policy';
import { profiledPort, routedPort } from './portRules';
import { hostOf } from './routeBackends';
import { decidingProfile } from './serviceProfile';
import { skippedByDefault, skippedOutbound } from './skippedPorts';

type SeenFrom = ServiceRoutes['seenFrom'];

/** The effective routes of a Service, for a meshed client at a place. */
export function serviceRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  seenFrom: SeenFrom,
): Pick<ServiceRoutes, 'host' | 'ports'> {
  return {
    host: hostOf(snapshot, namespaceOf(service), service.metadata.name).host,
    ports: service.spec.ports.map(port =>
      portRoutes(snapshot, service, port, seenFrom),
    ),
  };
}

function portRoutes(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  seenFrom: SeenFrom,
): PortRoutes {
  const common: PortRoutes = {
    port: port.port,
    ...(port.name && { name: port.name }),
    protocol: { value: port.protocol.toLowerCase(), reasons: [] },
    routing: { value: 'not-in-mesh', reasons: [] },
    rules: [],
    destinations: [],
    ignored: [],
  };
  const outside = bypass(snapshot, port, seenFrom);
  if (outside) {
    return { ...common, routing: { value: 'not-in-mesh', reasons: [outside] } };
  }
  const policy = policyOfService(
    snapshot,
    service,
    port.port,
    seenFrom.namespace,
  );
  const protocol = protocolAnswer(policy);
  const unread = unreadInput(snapshot, 'linkerd/routes', {
    optional: [...ALL_ROUTE_KINDS, 'linkerd.io/ServiceProfile'],
    namespaces: [...new Set([namespaceOf(service), seenFrom.namespace])],
  });
  if (unread) {
    return { ...common, protocol, routing: unread };
  }
  const profiled = policy.protocol === 'opaque' ? 'connections' : 'requests';
  const profile =
    policy.protocol === 'tls'
      ? undefined
      : decidingProfile(snapshot, service, seenFrom.namespace, profiled);
  return {
    ...common,
    protocol,
    ...(profile
      ? profiledPort(snapshot, service, port, { profile, profiled, policy })
      : routedPort(snapshot, service, port, policy)),
  };
}

/** Why nothing that a client sends to a port goes through its proxy, if so. */
function bypass(
  snapshot: MeshSnapshot,
  port: ServicePort,
  { workload }: SeenFrom,
): Reason | undefined {
  if (port.protocol !== 'TCP') {
    return {
      rule: 'linkerd/routes',
      text: `Proxies carry TCP only; ${port.protocol} goes past them`,
    };
  }
  const client: Pod | undefined =
    workload &&
    [findWorkload(snapshot, workload)].flatMap(found =>
      found ? podsOf(found) : [],
    )[0];
  return client
    ? skippedOutbound(snapshot, client, port.port)
    : skippedByDefault(snapshot, port.port);
}

const PROTOCOLS: Readonly<Record<OutboundPolicyProtocol, string>> = {
  detect: 'detected',
  http1: 'http',
  http2: 'http2',
  grpc: 'grpc',
  opaque: 'opaque',
  tls: 'tls',
};

function protocolAnswer({
  protocol,
  reasons,
  mayDiffer,
}: OutboundPolicy): Answer<string> {
  return {
    value: PROTOCOLS[protocol],
    reasons,
    ...(mayDiffer.length > 0 && { mayDiffer }),
  };
}
