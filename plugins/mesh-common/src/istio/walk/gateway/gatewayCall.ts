import { Answer, Reason } from '../../../contract/common';
import { unreadInput } from '../../../mesh/answers';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { meshConfig } from '../../meshConfig';
import { RouteView } from '../../routing/view';
import {
  OutboundAnswer,
  OutboundCall,
  OutboundClient,
  OutboundDestination,
} from '../call';
import { Chain, chainFor } from '../listener/chains';
import { connectedByRule } from '../sidecar/connected';
import { gatewayRouted } from './gatewayRouted';
import { gatewayChains, GatewayTarget } from './listener';
import { LISTENER_SET_KINDS } from './ListenerOwner';
import { mergedServers, MergedServers } from './mergedServers';
import { proxyServers } from './proxyServers';
import { hasDestinations, spelledDestination } from './serverName';
import { leftOut, openedBy } from './serverReasons';

const RULE = 'istio/gateway-call';

/**
 * What the proxy of a gateway does with a call that comes in from outside to a port of its container: the Gateways that
 * configure it say what listens there, the server name which chain takes the connection, the Host header which routes
 * do. A host that no route has is 404; a connection that no chain takes is closed.
 */
export function gatewayCall(
  snapshot: MeshSnapshot,
  client: OutboundClient,
  call: OutboundCall,
): OutboundAnswer | Answer<'unknown'> {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const { config } = mesh;
  const { namespace, labels } = client;
  const unread = unreadServers(snapshot, [namespace, config.rootNamespace]);
  if (unread) {
    return unread;
  }
  const view: RouteView = { proxy: 'gateway', namespace, labels, config };
  const port = mergedServers(proxyServers(snapshot, client), call.port);
  const merged = listening(port.listeners, call.address);
  const chains = gatewayChains(snapshot, merged, port, view);
  const reasons = [
    ...openedBy(snapshot, merged),
    ...leftOut(snapshot, port.rejected),
  ];
  const spelling = chains.flatMap(({ leadsTo }) =>
    leadsTo.to === 'server-name' ? leadsTo.server : [],
  );
  const others = chains.filter(isWritten);
  if (
    others.length === 0 &&
    !spelling.some(server => hasDestinations(snapshot, server, view))
  ) {
    return noListener(call, reasons);
  }
  const { protocol, sni = call.host } = call;
  const [spelled] =
    protocol === 'tls'
      ? spelling.flatMap(
          server => spelledDestination(snapshot, server, sni, view) ?? [],
        )
      : [];
  if (spelled) {
    return toSpelled(spelled, reasons);
  }
  const chain = chainFor(others, { protocol, sni });
  if (!chain && spelling.length > 0 && protocol === 'tls') {
    return closed(
      `The server name ${sni} spells no destination that the gateway has: the connection is closed`,
      reasons,
    );
  }
  if (!chain) {
    return closed(
      `No server of the gateway on port ${call.port} is for ${
        protocol === 'tls'
          ? `the server name ${sni}`
          : 'connections without TLS'
      }: the connection is closed`,
      reasons,
    );
  }
  return taken(snapshot, call, chain.leadsTo, view, reasons);
}

type WrittenTarget = Exclude<GatewayTarget, { to: 'server-name' }>;

/** Whether a chain is for names that are written somewhere, other than those that spell a destination. */
export function isWritten(
  chain: Chain<GatewayTarget>,
): chain is Chain<WrittenTarget> {
  return chain.leadsTo.to !== 'server-name';
}

/** Those on all addresses, or on the one that is called. */
export function listening(
  listeners: readonly MergedServers[],
  address: string | undefined,
): MergedServers[] {
  const everywhere = new Set(['', '0.0.0.0', '::']);
  const own = listeners.filter(({ bind }) => bind !== '' && bind === address);
  return own.length > 0
    ? own
    : listeners.filter(({ bind }) => everywhere.has(bind));
}

function taken(
  snapshot: MeshSnapshot,
  call: OutboundCall,
  target: WrittenTarget,
  view: RouteView,
  reasons: readonly Reason[],
): OutboundAnswer | Answer<'unknown'> {
  const { protocol, port } = call;
  if (target.endsTls && protocol !== 'tls') {
    return closed(
      `The gateway speaks TLS on port ${port}, and the client does not: the connection is closed`,
      reasons,
    );
  }
  switch (target.to) {
    case 'routes':
      if (!target.endsTls && protocol !== 'http') {
        return closed(
          `The gateway speaks plaintext HTTP on port ${port}: it answers 400 to anything else, and closes`,
          reasons,
        );
      }
      return withReasons(gatewayRouted(snapshot, call, target, view), reasons);
    default:
      return withReasons(
        connectedByRule(snapshot, target.rule, target.server.port.number, view),
        reasons,
      );
  }
}

function toSpelled(
  destination: OutboundDestination,
  reasons: readonly Reason[],
): OutboundAnswer {
  return {
    outcome: 'route',
    destinations: [destination],
    mirrors: [],
    reasons: [
      ...reasons,
      { rule: RULE, text: `The server name spells ${destination.host}` },
    ],
  };
}

function withReasons(
  answer: OutboundAnswer | Answer<'unknown'>,
  reasons: readonly Reason[],
): OutboundAnswer | Answer<'unknown'> {
  return { ...answer, reasons: [...reasons, ...answer.reasons] };
}

function closed(text: string, reasons: readonly Reason[]): OutboundAnswer {
  return {
    outcome: 'blackhole',
    destinations: [],
    mirrors: [],
    reasons: [...reasons, { rule: RULE, text }],
  };
}

function noListener(
  { port }: OutboundCall,
  reasons: readonly Reason[],
): OutboundAnswer {
  return {
    outcome: 'no-listener',
    destinations: [],
    mirrors: [],
    reasons: [
      ...reasons,
      {
        rule: RULE,
        text:
          reasons.length > 0
            ? `Nothing listens on port ${port} of the gateway: its servers there have no routes`
            : `No Gateway that configures this proxy opens its port ${port}`,
      },
    ],
  };
}

/** Objects of these kinds may decide wherever they are. */
export function unreadServers(
  snapshot: MeshSnapshot,
  namespaces: readonly string[],
): Answer<'unknown'> | undefined {
  return unreadInput(snapshot, RULE, {
    required: ['Service'],
    optional: [
      'networking.istio.io/Gateway',
      'networking.istio.io/VirtualService',
      'networking.istio.io/DestinationRule',
      'gateway.networking.k8s.io/BackendTLSPolicy',
      'networking.istio.io/ServiceEntry',
      'gateway.networking.k8s.io/Gateway',
      'gateway.networking.k8s.io/GatewayClass',
      ...LISTENER_SET_KINDS,
      'gateway.networking.k8s.io/HTTPRoute',
      'gateway.networking.k8s.io/GRPCRoute',
      'gateway.networking.k8s.io/TLSRoute',
      'gateway.networking.k8s.io/TCPRoute',
      'gateway.networking.k8s.io/ReferenceGrant',
    ],
    namespaces,
  });
}
