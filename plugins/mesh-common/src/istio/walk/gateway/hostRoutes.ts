import { Answer, Reason } from '../../../contract/common';
import { RouteRule } from '../../../contract/routing';
import { GATEWAY_API_GROUP } from '../../../gateway-api/references';
import { GatewayRoutes } from '../../../mesh/MeshAdapter';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { extensionsOf } from '../../extensions';
import { meshConfig } from '../../meshConfig';
import { mergeAdjacent } from '../../routing/httpRoutes';
import { translateRule } from '../../routing/httpRule';
import { matchesOf } from '../../routing/source';
import { RouteView } from '../../routing/view';
import { RouteAlternative } from '../firstRule';
import { gatewayClient } from '../gatewayClient';
import { chainFor } from '../listener/chains';
import { isWritten, listening, unreadServers } from './gatewayCall';
import { gatewayChains, GatewayTarget } from './listener';
import { mergedServers } from './mergedServers';
import { proxyServers } from './proxyServers';
import { gatewayVirtualHost } from './virtualHost';

const RULE = 'istio/gateway-routes';

/**
 * All rules that a gateway has for a host on a port, of whatever object, in the order in which they are tried. Over TLS
 * the host is the server name too. Throws UnknownPlaceError where there is no such Gateway.
 */
export function gatewayHostRoutes(
  snapshot: MeshSnapshot,
  gateway: { namespace: string; name: string },
  { host, port }: { host: string; port: number },
): GatewayRoutes {
  const mesh = meshConfig(snapshot);
  if (mesh.state === 'unknown') {
    return unknownRoutes(mesh.answer);
  }
  const { client, port: container } = gatewayClient(snapshot, gateway, port);
  const { namespace, labels } = client;
  const { config } = mesh;
  const unread = unreadServers(snapshot, [namespace, config.rootNamespace]);
  if (unread) {
    return unknownRoutes(unread);
  }
  const view: RouteView = { proxy: 'gateway', namespace, labels, config };
  const servers = mergedServers(
    proxyServers(snapshot, { namespace, labels }),
    container,
  );
  const chains = gatewayChains(
    snapshot,
    listening(servers.listeners, undefined),
    servers,
    view,
  ).filter(isWritten);
  const target = (
    chainFor(chains, { protocol: 'http' }) ??
    chainFor(chains, { protocol: 'tls', sni: host })
  )?.leadsTo;
  const mayDiffer = extensionsOf(snapshot, { namespace, labels }, mesh);
  const found =
    target?.to === 'routes'
      ? routesOf(snapshot, host, target, view)
      : none(
          `Nothing on port ${port} of ${client.name} takes requests for ${host}`,
        );
  return mayDiffer.length > 0
    ? { ...found, routing: { ...found.routing, mayDiffer } }
    : found;
}

function routesOf(
  snapshot: MeshSnapshot,
  host: string,
  { servers }: Extract<GatewayTarget, { to: 'routes' }>,
  view: RouteView,
): GatewayRoutes {
  const found = gatewayVirtualHost(snapshot, servers, host, view);
  if (!found) {
    return none(`No route that is bound to the gateway has the host ${host}`);
  }
  const rules = found.routes.map(
    alternative => translated(snapshot, alternative, view).rule,
  );
  return {
    routing: {
      value: 'rules',
      ...(isPredicted(snapshot, rules) && { predicted: true }),
      reasons: rules.flatMap(({ reasons }) => reasons.slice(0, 1)),
    },
    domain: found.domain,
    rules: mergeAdjacent(rules),
  };
}

/** Which routes of the Gateway API are attached is said by their status, which files do not have. */
function isPredicted(
  { origin }: MeshSnapshot,
  rules: readonly RouteRule[],
): boolean {
  return (
    origin === 'files' &&
    rules.some(({ reasons }) =>
      reasons.some(({ object }) => object?.kind.startsWith(GATEWAY_API_GROUP)),
    )
  );
}

function translated(
  snapshot: MeshSnapshot,
  { rule, match, context }: RouteAlternative,
  view: RouteView,
) {
  const index = Math.max(0, matchesOf(rule).indexOf(match));
  return translateRule(
    snapshot,
    { rule, alternatives: [{ match, index }] },
    context.port,
    view,
  );
}

function unknownRoutes(routing: Answer<'unknown'>): GatewayRoutes {
  return { routing, rules: [] };
}

function none(text: string): GatewayRoutes {
  const reason: Reason = { rule: RULE, text };
  return { routing: { value: 'none', reasons: [reason] }, rules: [] };
}
