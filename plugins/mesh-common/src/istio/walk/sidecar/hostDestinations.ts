import { Answer } from '../../../contract/common';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { ClusterTarget, clusterTarget } from '../../cluster/target';
import { meshConfig } from '../../meshConfig';
import { isHttpOrDetected, parseProtocol } from '../../protocol';
import { resolveDestination } from '../../routing/backends';
import { isCatchAll } from '../../routing/conditions';
import { RouteView } from '../../routing/view';
import { EgressListener, sidecarScope } from '../../sidecarScope';
import { OutboundClient } from '../call';
import { portRoutes } from '../listener/portRoutes';
import { VirtualHost, virtualHostNamed } from '../listener/virtualHosts';

/**
 * What the sidecar of a client has for a host on a port.
 *
 * @public
 */
export type HostDestinations =
  | { has: 'destinations'; destinations: readonly ClusterTarget[] }
  /** It has routes for other hosts there. */
  | { has: 'no-host' }
  /** It does not listen for HTTP on the port. */
  | { has: 'no-listener' };

/**
 * Where the sidecar of a client may send requests for a host (perhaps a wildcard) on a port, in the order of its rules;
 * without rules to the service itself. Hosts are those that it has routes for, not those that one of these covers.
 *
 * @public
 */
export function hostDestinations(
  snapshot: MeshSnapshot,
  { namespace, labels }: Omit<OutboundClient, 'proxy'>,
  { host, port }: { host: string; port: number },
): HostDestinations | Answer<'unknown'> {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return mesh.answer;
  }
  const { config } = mesh;
  const scope = sidecarScope(snapshot, { namespace, labels }, config);
  if ('value' in scope) {
    return scope;
  }
  const view: RouteView = {
    proxy: 'sidecar',
    namespace,
    labels,
    scope,
    config,
  };
  const routes = portRoutes(snapshot, port, view);
  if (
    !routes?.services.some(one => isHttpOrDetected(one.port.protocol)) ||
    !isForHttp(routes.listener)
  ) {
    return { has: 'no-listener' };
  }
  const found = virtualHostNamed(routes, host.toLowerCase());
  return found
    ? {
        has: 'destinations',
        destinations: targetsOf(snapshot, found, port, view),
      }
    : { has: 'no-host' };
}

/** Of one that a Sidecar writes with a port its protocol counts, whatever the services say of theirs. */
function isForHttp({ port, protocol = '' }: EgressListener): boolean {
  const parsed = parseProtocol(protocol);
  return port === undefined || parsed === undefined || isHttpOrDetected(parsed);
}

function targetsOf(
  snapshot: MeshSnapshot,
  { source, service, rules }: VirtualHost,
  port: number,
  view: RouteView,
): ClusterTarget[] {
  if (!source) {
    return [clusterTarget(snapshot, { host: service?.host ?? '', port }, view)];
  }
  const all = rules.filter(({ never }) => never === undefined);
  const last = all.findIndex(({ alternatives }) =>
    alternatives.some(({ match }) => isCatchAll(match)),
  );
  return (last < 0 ? all : all.slice(0, last + 1))
    .flatMap(({ rule }) => rule.http.route ?? [])
    .map(({ destination }) =>
      resolveDestination(snapshot, destination, port, view),
    );
}
