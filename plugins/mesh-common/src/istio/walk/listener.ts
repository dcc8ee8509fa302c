import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { RouteView } from '../routing/view';
import {
  ANY_ADDRESS,
  boundListeners,
  ListenerTarget,
} from './listener/boundListener';
import { chainFor, Connection } from './listener/chains';

/** What becomes of a connection that a client opens. */
export type ConnectionTaken =
  | ListenerTarget
  /** The proxy knows nothing of it: no listener is there, or none of its chains is for it. */
  | { to: 'unknown'; listens: boolean };

/**
 * Which listener of a sidecar takes a connection, and what it does with it: the one on just the address and port, else
 * the one on all addresses and the port; without any it is unknown.
 *
 * Upstream: Envoy's original_dst listener filter and source/common/listener_manager/connection_handler_impl.cc,
 * `findActiveTcpListenerByAddress`.
 */
export function connectionTaken(
  snapshot: MeshSnapshot,
  connection: Connection & { port: number },
  view: RouteView,
): ConnectionTaken {
  const { address, port } = connection;
  const listeners = boundListeners(snapshot, address, port, view);
  const listener =
    (address === undefined ? undefined : listeners.get(address)) ??
    listeners.get(ANY_ADDRESS);
  const chain = listener && chainFor(listener.chains, connection);
  return chain?.leadsTo ?? { to: 'unknown', listens: listener !== undefined };
}
