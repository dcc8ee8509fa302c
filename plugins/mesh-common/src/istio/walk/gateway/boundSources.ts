import { defineIndex } from '../../../snapshot/defineIndex';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { isVisibleFrom } from '../../exportTo';
import { VirtualService } from '../../objects';
import { compareSources } from '../../routing/candidates';
import { resolveGatewayName } from '../../routing/gatewayNames';
import { RouteSource } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { gatewaysOf } from '../../routing/virtualServiceParts';
import { virtualServiceSource } from '../../routing/virtualServiceSource';
import { attachedSources } from './attachedSources';
import { ListenerServer } from './listenerServers';
import { GatewayServer } from './server';

/** VirtualServices by the full names of the Gateways that they are bound to. */
const byGateway = defineIndex(
  ['networking.istio.io/VirtualService'],
  ({ objects }) => {
    const found = new Map<string, VirtualService[]>();
    for (const virtualService of objects(
      'networking.istio.io/VirtualService',
    )) {
      const { namespace = '' } = virtualService.metadata;
      const names = gatewaysOf(virtualService).map(name =>
        resolveGatewayName(name, namespace),
      );
      for (const name of new Set(names)) {
        found.set(name, [...(found.get(name) ?? []), virtualService]);
      }
    }
    return found;
  },
);

/**
 * The sources of routes that are bound to a server's Gateway and visible from the proxy's namespace, in the order in
 * which they count: private ones of its namespace, those exported to it, then the public ones; among each the older
 * first.
 *
 * Upstream: pilot/pkg/model/push_context.go, `VirtualServicesForGateway`.
 */
export function boundSources(
  snapshot: MeshSnapshot,
  server: GatewayServer,
  view: RouteView,
): RouteSource[] {
  const attached = isListenerServer(server)
    ? attachedSources(snapshot, server)
    : [];
  return [...namingSources(snapshot, server, view), ...attached]
    .filter(source => isVisibleAt(source, view))
    .sort((a, b) => compareSources(a, b, view));
}

/** The VirtualServices that name the server's Gateway, whether it is told of them or not. */
export function namingSources(
  snapshot: MeshSnapshot,
  { gateway }: GatewayServer,
  { config }: RouteView,
): RouteSource[] {
  return snapshot
    .namespacesOf('networking.istio.io/VirtualService')
    .flatMap(place => byGateway(snapshot, place).get(gateway) ?? [])
    .map(found => virtualServiceSource(snapshot, found, config));
}

/** Whether the proxy of a gateway is told of a source. */
export function isVisibleAt(
  { exportTo, namespace }: RouteSource,
  { namespace: ofProxy, config }: RouteView,
): boolean {
  return isVisibleFrom(
    {
      exportTo,
      defaults: config.defaultVirtualServiceExportTo,
      namespace,
    },
    ofProxy,
  );
}

/** Whether it is one of the Gateway API. */
export function isListenerServer(
  server: GatewayServer,
): server is ListenerServer {
  return 'listener' in server;
}
