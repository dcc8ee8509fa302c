import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterDomain } from '../injectorConfig';
import { MeshService } from '../meshServices';
import { RouteView } from '../routing/view';
import {
  ANY_ADDRESS,
  boundListeners,
  ListenerTarget,
} from './listener/boundListener';
import { chainFor, Connection } from './listener/chains';
import { hostsMeantBy } from './listener/domains';

/** What becomes of a connection that a client opens. */
export type ConnectionTaken =
  | ListenerTarget
  /** The proxy knows nothing of it: no listener is there, or none of its chains is for it. */
  | { to: 'unknown'; listens: boolean }
  /** It depends on the pods of a service, which are not known. */
  | { to: 'undecided'; service: MeshService };

/**
 * Which listener of a sidecar takes a connection, and what it does with it: the one on just the address and port, else
 * the one on all addresses and the port; without any it is unknown.
 *
 * Upstream: Envoy's original_dst listener filter and source/common/listener_manager/connection_handler_impl.cc,
 * `findActiveTcpListenerByAddress`.
 */
export function connectionTaken(
  snapshot: MeshSnapshot,
  connection: Connection & { host: string; port: number },
  view: RouteView,
): ConnectionTaken {
  const { address, host, port } = connection;
  const { byAddress, withUnknownPods } = boundListeners(
    snapshot,
    address,
    port,
    view,
  );
  const there = address === undefined ? undefined : byAddress.get(address);
  const hosts = hostsMeantBy(host, view.namespace, clusterDomain(snapshot));
  const service = withUnknownPods.find(found => hosts.includes(found.host));
  if (!there && service) {
    return { to: 'undecided', service };
  }
  const listener = there ?? byAddress.get(ANY_ADDRESS);
  const chain = listener && chainFor(listener.chains, connection);
  return chain?.leadsTo ?? { to: 'unknown', listens: listener !== undefined };
}
