import { Reason } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { isSubsetOf } from '../../hosts';
import { objectReason, RouteSource, titleOf } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { isVisibleAt, namingSources } from './boundSources';
import { GatewayServer } from './server';
import { commonHosts, hostsFor } from './serverHosts';

const RULE = 'istio/gateway-routes';

/**
 * Why VirtualServices for a host that name a Gateway give it no routes: the gateway is not told of them, its servers have
 * no such host for their namespace, or what they delegate to does not count.
 *
 * Upstream: pilot/pkg/model/push_context.go, `VirtualServicesForGateway`; pilot/pkg/model/gateway.go, `MergeGateways`;
 * pilot/pkg/model/virtualservice.go, `mergeVirtualServicesIfNeeded`.
 */
export function lostSources(
  snapshot: MeshSnapshot,
  servers: readonly GatewayServer[],
  host: string,
  view: RouteView,
): Reason[] {
  const named = new Map<object, { source: RouteSource; at: GatewayServer[] }>();
  for (const server of servers) {
    for (const source of namingSources(snapshot, server, view)) {
      const [{ object }] = source.objects;
      const { at = [] } = named.get(object) ?? {};
      named.set(object, { source, at: [...at, server] });
    }
  }
  return [...named.values()]
    .filter(({ source }) =>
      source.hosts.some(own => isSubsetOf(host, own.toLowerCase())),
    )
    .flatMap(({ source, at }) => whyLost(snapshot, source, at, view));
}

function whyLost(
  snapshot: MeshSnapshot,
  source: RouteSource,
  servers: readonly GatewayServer[],
  view: RouteView,
): Reason[] {
  const [written] = source.objects;
  const reason = (text: string, field: string) =>
    objectReason(snapshot, written, RULE, `${titleOf(written)} ${text}`, field);
  if (!isVisibleAt(source, view)) {
    return [
      reason(
        `is not exported to Namespace ${view.namespace}, where the gateway runs`,
        'spec.exportTo',
      ),
    ];
  }
  const hasHost = servers.some(
    server =>
      commonHosts(hostsFor(server, source.namespace), source.hosts).length > 0,
  );
  return hasHost
    ? [...source.rules().dropped]
    : [
        reason(
          `names the Gateway, which has no such host for routes of Namespace ${source.namespace}`,
          'spec.hosts',
        ),
      ];
}
