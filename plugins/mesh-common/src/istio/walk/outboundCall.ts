import { Answer, Cause } from '../../contract/common';
import { unknown, unreadInput } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterDomain } from '../injectorConfig';
import { meshConfig } from '../meshConfig';
import { servicesOfHost } from '../meshServices';
import { RouteView } from '../routing/view';
import {
  routesListener,
  sidecarName,
  SidecarScope,
  sidecarScope,
} from '../sidecarScope';
import { OutboundAnswer, OutboundCall, OutboundClient } from './call';
import { gatewayCall } from './gateway/gatewayCall';
import { connectionTaken } from './listener';
import { hostsMeantBy } from './listener/domains';
import { resolvedAddress } from './listener/resolve';
import { connectedTo } from './sidecar/connected';
import { routed } from './sidecar/routed';
import { unknownDestination } from './sidecar/unknownDestination';

const RULE = 'istio/outbound-call';

/**
 * What the sidecar of a client does with a call that goes out; `unknown` where an input of that could not be read.
 * The connection's address and port choose a listener, its first bytes a chain of it; HTTP then goes by the routes of
 * the port, everything else on as it is. What the mesh does not know passes through or is refused, as the Sidecar and
 * the mesh say.
 *
 * @public
 */
export function outboundCall(
  snapshot: MeshSnapshot,
  client: OutboundClient,
  call: OutboundCall,
): OutboundAnswer | Answer<'unknown'> {
  if (client.proxy === 'gateway') {
    return gatewayCall(snapshot, client, call);
  }
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const { config } = mesh;
  const { namespace, labels } = client;
  const unread = unreadRoutes(snapshot, [
    namespace,
    config.rootNamespace,
    ...namespacesMeant(snapshot, call.host, namespace),
  ]);
  if (unread) {
    return unread;
  }
  const scope = sidecarScope(snapshot, client, config);
  if ('value' in scope) {
    return scope;
  }
  if (isForwardProxy(scope, call.port)) {
    return unknown(
      'not-modelled',
      RULE,
      `${sidecarName(scope)} makes port ${
        call.port
      } an HTTP proxy, which is not looked at`,
    );
  }
  const view: RouteView = {
    proxy: 'sidecar',
    namespace,
    labels,
    scope,
    config,
  };
  const { protocol, host, port, sni = host } = call;
  const address =
    call.address ?? resolvedAddress(snapshot, host, namespace, port);
  const taken = connectionTaken(
    snapshot,
    { protocol, host, port, sni, ...(address && { address }) },
    view,
  );
  switch (taken.to) {
    case 'routes':
      return routed(snapshot, call, taken.of, view);
    case 'connection':
      return connectedTo(snapshot, taken, port, view);
    case 'undecided':
      return unknown(
        causeOf(snapshot),
        RULE,
        `The proxy of the client listens on each pod of ${taken.service.host}, and these are not known`,
      );
    default:
      return unknownDestination(snapshot, call, taken.listens, view);
  }
}

/** Why pods are not known: they cannot be read, or a Service has no selector for them. */
function causeOf(snapshot: MeshSnapshot): Cause {
  const { state } = snapshot.read('Pod');
  return state === 'read' ? 'absent' : state;
}

function isForwardProxy({ egress }: SidecarScope, port: number): boolean {
  const { protocol = '' } = routesListener(egress, port) ?? {};
  return protocol.toUpperCase() === 'HTTP_PROXY';
}

/** Where the services are that a host may mean: a route beside one of them that cannot be read might decide. */
function namespacesMeant(
  snapshot: MeshSnapshot,
  host: string,
  namespace: string,
): string[] {
  return hostsMeantBy(host, namespace, clusterDomain(snapshot))
    .flatMap(name => servicesOfHost(snapshot, name))
    .map(service => service.namespace);
}

/** Objects of these kinds may decide wherever they are. */
function unreadRoutes(
  snapshot: MeshSnapshot,
  namespaces: readonly string[],
): Answer<'unknown'> | undefined {
  return unreadInput(snapshot, RULE, {
    required: ['Service'],
    optional: [
      'networking.istio.io/VirtualService',
      'networking.istio.io/DestinationRule',
      'gateway.networking.k8s.io/BackendTLSPolicy',
      'networking.istio.io/ServiceEntry',
      'gateway.networking.k8s.io/HTTPRoute',
      'gateway.networking.k8s.io/GRPCRoute',
      'gateway.networking.k8s.io/TLSRoute',
      'gateway.networking.k8s.io/TCPRoute',
    ],
    namespaces,
  });
}
