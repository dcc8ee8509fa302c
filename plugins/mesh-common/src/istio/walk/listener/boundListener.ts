import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { serviceEndpoints } from '../../cluster/serviceEndpoints';
import { MeshService } from '../../meshServices';
import { isHttp, parseProtocol, Protocol } from '../../protocol';
import { RouteView } from '../../routing/view';
import { EgressListener } from '../../sidecarScope';
import { Chain, isSameMatch } from './chains';
import { connectionChains, ConnectionRoute } from './connectionChains';
import { aliasesOf } from './aliases';
import { isAlias, PortService, servicesOnPort } from './portServices';

/** Where a chain leads to: to HTTP routes (of the port, or of one service alone), or on as a connection. */
export type ListenerTarget =
  | { to: 'routes'; of: 'port' | MeshService }
  | ConnectionRoute;

/** The listeners that may take a connection. */
export interface BoundListeners {
  /** By the address that they are on. */
  byAddress: ReadonlyMap<string, BoundListener>;
  /** Services that would have a listener on each of their pods, which are not known. */
  withUnknownPods: readonly MeshService[];
}

/** A listener of the proxy. */
export interface BoundListener {
  /** Undefined once it takes several protocols, which it then finds out by looking. */
  protocol: Protocol | 'detected';
  chains: Chain<ListenerTarget>[];
  /** Made for a port that a Sidecar names: nothing is added for all ports. */
  locked: boolean;
}

export const ANY_ADDRESS = '0.0.0.0';

/** Ports on all addresses that the proxy has for itself: what is redirected to it, its health and its metrics. */
const OWN_PORTS: ReadonlySet<number> = new Set([15001, 15006, 15021, 15090]);

/**
 * The listeners that may take a connection to an address and port: the one on that address and the one on all. HTTP
 * services share the one on all addresses; others listen on their own address, those without one (and ranges) on all
 * too, headless ones on each of their pods. What comes first makes a listener, and what comes later is added to it
 * where it is for other connections.
 *
 * Upstream: pilot/pkg/networking/core/listener.go, `buildSidecarOutboundListeners`, `buildSidecarOutboundListener`.
 */
export function boundListeners(
  snapshot: MeshSnapshot,
  address: string | undefined,
  port: number,
  view: RouteView,
): BoundListeners {
  const listeners = new Map<string, BoundListener>();
  const withUnknownPods: MeshService[] = [];
  for (const egress of view.scope?.egress ?? []) {
    if (egress.port === undefined) {
      listeners.forEach(listener => {
        listener.locked = true;
      });
    }
    if (egress.port === undefined || egress.port === port) {
      for (const service of servicesOnPort(snapshot, egress, port, view)) {
        const binds = bindsOf(snapshot, egress, service);
        if (!binds) {
          withUnknownPods.push(service.service);
        }
        for (const bind of binds ?? []) {
          if (bind === ANY_ADDRESS || bind === address) {
            add(snapshot, listeners, bind, egress, service, view);
          }
        }
      }
    }
  }
  return { byAddress: listeners, withUnknownPods };
}

function protocolIn(
  { port, protocol }: EgressListener,
  service: PortService,
): Protocol {
  return port === undefined
    ? service.port.protocol
    : parseProtocol(protocol ?? '') ?? 'detected';
}

/** The addresses to listen on for a service; undefined where they are those of pods that are not known. */
function bindsOf(
  snapshot: MeshSnapshot,
  egress: EgressListener,
  found: PortService,
): string[] | undefined {
  const { service, port } = found;
  const protocol = protocolIn(egress, found);
  if (isAlias(service) || protocol === 'udp') {
    return [];
  }
  if (egress.bind || egress.bindsToPort) {
    return onAll(egress.bind ?? '127.0.0.1', port.port);
  }
  if (isHttp(protocol)) {
    return onAll(ANY_ADDRESS, port.port);
  }
  if (found.address) {
    return [found.address.includes('/') ? ANY_ADDRESS : found.address];
  }
  if (
    service.resolution !== 'original-destination' ||
    egress.port !== undefined
  ) {
    return [ANY_ADDRESS];
  }
  const endpoints = serviceEndpoints(snapshot, service, port.port);
  if (
    endpoints?.length === 0 &&
    service.entry &&
    !service.entry.spec?.workloadSelector
  ) {
    return [ANY_ADDRESS];
  }
  return endpoints?.flatMap(endpoint => endpoint.address ?? []);
}

function onAll(bind: string, port: number): string[] {
  return bind === ANY_ADDRESS && OWN_PORTS.has(port) ? [] : [bind];
}

function add(
  snapshot: MeshSnapshot,
  listeners: Map<string, BoundListener>,
  bind: string,
  egress: EgressListener,
  found: PortService,
  view: RouteView,
): void {
  const current = listeners.get(bind);
  const protocol = protocolIn(egress, found);
  const fresh = isHttp(protocol) ? 'http' : freshKind(protocol);
  if (current?.locked || (current && !fits(current.protocol, protocol))) {
    return;
  }
  const anywhere = bind === ANY_ADDRESS;
  const http = (sniffs: boolean): Chain<ListenerTarget> => ({
    sniHosts: [],
    ranges: [],
    httpOnly: sniffs,
    leadsTo: {
      to: 'routes',
      of: fresh === 'auto' && !anywhere ? found.service : 'port',
    },
  });
  const chains = (): Chain<ListenerTarget>[] =>
    fresh === 'http'
      ? [http(anywhere)]
      : [
          ...connectionChains(
            snapshot,
            found,
            protocol,
            namesOn(bind, snapshot, egress, found),
            view,
          ),
          ...(fresh === 'auto' ? [http(true)] : []),
        ];
  if (!current || (fresh === 'auto' && isHttp(current.protocol))) {
    listeners.set(bind, {
      protocol: fresh === 'http' && anywhere ? 'detected' : protocol,
      chains: chains(),
      locked: false,
    });
    return;
  }
  const isConnections =
    !isHttp(current.protocol) && current.protocol !== 'detected';
  if (fresh !== 'tcp' && !isConnections) {
    return;
  }
  for (const chain of chains()) {
    if (!current.chains.some(known => isSameMatch(known, chain))) {
      current.chains.push(chain);
    }
  }
  if (!(fresh === 'tcp' && isConnections)) {
    current.protocol = 'detected';
  }
}

/** By name services are told apart that have no address of their own, or a range. */
function namesOn(
  bind: string,
  snapshot: MeshSnapshot,
  egress: EgressListener,
  { service, address }: PortService,
): string[] {
  const byName = address?.includes('/') || (!address && bind === ANY_ADDRESS);
  return byName ? [service.host, ...aliasesOf(snapshot, egress, service)] : [];
}

function freshKind(protocol: Protocol): 'auto' | 'tcp' {
  return protocol === 'detected' ? 'auto' : 'tcp';
}

/** Protocols whose servers speak first share a listener with nothing else. */
function fits(
  existing: BoundListener['protocol'],
  incoming: Protocol,
): boolean {
  const alone = (protocol: string) =>
    protocol === 'mongo' || protocol === 'mysql';
  return existing === incoming || !(alone(existing) || alone(incoming));
}
