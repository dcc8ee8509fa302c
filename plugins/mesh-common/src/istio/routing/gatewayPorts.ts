import { Reason } from '../../contract/common';
import { Exposure, PortRoutes } from '../../contract/routing';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { destinationPolicy } from '../destinationPolicy';
import { MeshService } from '../meshServices';
import { isListenerServer } from '../walk/gateway/boundSources';
import { unreadServers } from '../walk/gateway/gatewayCall';
import { proxyServers } from '../walk/gateway/proxyServers';
import { GatewayServer } from '../walk/gateway/server';
import { resolveDestination } from './backends';
import { RouteView } from './view';

const RULE = 'istio/gateway-routes';

type PortAnswer = Pick<
  PortRoutes,
  'routing' | 'rules' | 'destinations' | 'ignored'
>;

/**
 * The routes to a Service from the proxy of a gateway: those of its own Gateways, which it applies to what comes in
 * by them. Routes that are bound to the mesh do not concern it, and what no route sends to the Service it does not call.
 *
 * Upstream: pilot/pkg/networking/core/gateway.go, `buildGatewayHTTPRouteConfig`; a router has no outbound listeners.
 */
export function gatewayPorts(
  snapshot: MeshSnapshot,
  service: MeshService,
  view: RouteView,
  exposures: readonly Exposure[],
): (port: number) => PortAnswer {
  const unread = unreadServers(snapshot, [
    view.namespace,
    view.config.rootNamespace,
  ]);
  if (unread) {
    return () => answer(unread);
  }
  const servers = proxyServers(snapshot, {
    namespace: view.namespace,
    labels: view.labels ?? {},
  });
  const own = exposures.filter(exposure =>
    servers.some(({ server }) => isOf(exposure, server)),
  );
  return port => portAnswer(snapshot, service, port, view, own);
}

function portAnswer(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  view: RouteView,
  exposures: readonly Exposure[],
): PortAnswer {
  const leading = exposures.flatMap(({ gateway, port: opened, rules }) =>
    rules
      .filter(({ backends }) =>
        backends.some(one => one.host === service.host && one.port === port),
      )
      .map(rule => ({ rule, at: `${nameOf(gateway)}, port ${opened}` })),
  );
  if (leading.length === 0) {
    return answer({
      value: 'service',
      reasons: [
        {
          rule: RULE,
          text: `No route of the gateway's own Gateways sends to port ${port} of ${service.host}: it does not call it`,
        },
      ],
    });
  }
  const subsets = new Set(
    leading.flatMap(({ rule }) =>
      rule.backends
        .filter(one => one.host === service.host && one.port === port)
        .map(({ subset }) => subset),
    ),
  );
  return {
    routing: {
      value: 'rules',
      reasons: leading.map(({ rule, at }): Reason => {
        const [first] = rule.reasons;
        return { ...first, rule: RULE, text: `${rule.name} applies at ${at}` };
      }),
      ...(snapshot.origin === 'files' && { predicted: true }),
    },
    rules: leading.map(({ rule }) => rule),
    destinations: [...subsets].map(subset =>
      destinationPolicy(
        snapshot,
        resolveDestination(
          snapshot,
          {
            host: service.host,
            port: { number: port },
            ...(subset && { subset }),
          },
          port,
          view,
        ),
        view,
      ),
    ),
    ignored: [],
  };
}

function answer(routing: PortAnswer['routing']): PortAnswer {
  return { routing, rules: [], destinations: [], ignored: [] };
}

function isOf({ gateway, port }: Exposure, server: GatewayServer): boolean {
  const { kind, object } = server.written;
  return (
    gateway.kind === kind &&
    gateway.namespace === object.metadata.namespace &&
    gateway.name === object.metadata.name &&
    port === server.port.number &&
    (!isListenerServer(server) || gateway.listener === server.listener.name)
  );
}

function nameOf({ namespace, name, listener }: Exposure['gateway']): string {
  return `Gateway ${namespace}/${name}${
    listener ? `, listener ${listener}` : ''
  }`;
}
