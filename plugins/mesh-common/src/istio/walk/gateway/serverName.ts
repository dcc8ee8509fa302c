import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { clusterTarget } from '../../cluster/target';
import { isSubsetOf, serviceHost } from '../../hosts';
import { clusterDomain } from '../../injectorConfig';
import { entryHosts, findService } from '../../meshServices';
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

/**
 * Whether there is any service that a server name can spell at a server that lets everything through: a server without
 * one does not listen.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `builtAutoPassthroughFilterChains`, `buildGatewayListeners`.
 */
export function hasDestinations(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  { namespace, config }: RouteView,
): boolean {
  const domain = clusterDomain(snapshot);
  const wanted = sniHostsOf(server);
  for (const host of serviceHosts(snapshot, domain)) {
    const service = wanted.some(own => isSubsetOf(host, own))
      ? findService(snapshot, host, namespace, config)
      : undefined;
    if (
      service &&
      !service.external &&
      service.ports.some(({ protocol }) => protocol !== 'udp')
    ) {
      return true;
    }
  }
  return false;
}

function* serviceHosts(
  snapshot: MeshSnapshot,
  domain: string,
): IterableIterator<string> {
  for (const namespace of snapshot.namespacesOf('Service')) {
    for (const name of snapshot.bucket('Service', namespace).keys()) {
      yield serviceHost({ name, namespace }, domain);
    }
  }
  for (const { host } of entryHosts(snapshot)) {
    yield host;
  }
}
