import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterTarget } from '../../cluster/target';
import { isSubsetOf } from '../../hosts';
import { RouteView } from '../../routing/view';
import { OutboundDestination } from '../call';
import { GatewayServer, sniHostsOf } from './server';

/**
 * The destination that a server name spells (`outbound_.80_.v1_.reviews.shop.svc.cluster.local`), where a server lets
 * everything through to it: a service of the mesh that is one of the server's hosts, on that port, with that subset.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `builtAutoPassthroughFilterChains`.
 */
export function spelledDestination(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  sni: string,
  view: RouteView,
): OutboundDestination | undefined {
  const [, port, subset, host] =
    /^outbound_\.(\d+)_\.([^_]*)_\.(.+)$/.exec(sni) ?? [];
  if (
    host === undefined ||
    !sniHostsOf(server).some(wanted => isSubsetOf(host, wanted))
  ) {
    return undefined;
  }
  const target = clusterTarget(
    snapshot,
    { host, port: Number(port), ...(subset && { subset }) },
    view,
  );
  return target.missing !== undefined || target.service?.external
    ? undefined
    : {
        host,
        port: Number(port),
        ...(subset && { subset }),
        weight: 100,
      };
}
