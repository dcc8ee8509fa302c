import { Answer, Reason } from '../contract/common';
import { PortRoutes, ServiceRoutes } from '../contract/routing';
import { Pod, Service, ServicePort } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { unreadInput } from '../mesh/answers';
import { workloadsIn } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AttachedRoutes, attachedRoutes } from './attachedRoutes';
import { podsOf } from './identity';
import { ROUTE_KINDS } from './linkerdRoutes';
import { OutboundProtocol, outboundProtocol } from './outboundProtocol';
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
  const protocol = outboundProtocol(snapshot, service, port.port);
  const unread = unreadInput(snapshot, 'linkerd/routes', {
    optional: [...ROUTE_KINDS, 'linkerd.io/ServiceProfile'],
    namespaces: [...new Set([namespaceOf(service), seenFrom.namespace])],
  });
  if (unread) {
    return {
      ...common,
      protocol: protocolAnswer(protocol, undefined),
      routing: unread,
    };
  }
  const attached = attachedRoutes(
    snapshot,
    service,
    port,
    seenFrom.namespace,
    protocol,
  );
  const profile =
    protocol.protocol === 'opaque'
      ? undefined
      : decidingProfile(snapshot, service, seenFrom.namespace);
  return {
    ...common,
    protocol: protocolAnswer(protocol, attached),
    ...(profile
      ? profiledPort(snapshot, service, port, profile, attached)
      : routedPort(snapshot, service, port, protocol, attached)),
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
    [
      workloadsIn(snapshot, workload.namespace).get(
        `${workload.kind}/${workload.name}`,
      ),
    ].flatMap(found => (found ? podsOf(found) : []))[0];
  return client
    ? skippedOutbound(snapshot, client, port.port)
    : skippedByDefault(snapshot, port.port);
}

const PROTOCOLS: Readonly<Record<OutboundProtocol['protocol'], string>> = {
  detect: 'detected',
  http1: 'http',
  http2: 'http2',
  opaque: 'opaque',
};

function protocolAnswer(
  { protocol, reason, mayDiffer }: OutboundProtocol,
  attached: AttachedRoutes | undefined,
): Answer<string> {
  const grpc = attached?.type === 'grpc' && attached.routes[0];
  return {
    value: grpc ? 'grpc' : PROTOCOLS[protocol],
    reasons: [reason],
    ...(mayDiffer && { mayDiffer }),
  };
}
