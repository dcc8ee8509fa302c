import { z } from 'zod';
import { CanaryRoute } from '../contract/canary';
import { KindId } from '../kubernetes/kinds';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { gatewayApiShares, NewVersion } from './routedShares';
import { canaryRoutes, objectWords, refTo } from './routes';

const ROUTE_KINDS = {
  httpRoute: 'gateway.networking.k8s.io/HTTPRoute',
  grpcRoute: 'gateway.networking.k8s.io/GRPCRoute',
  tlsRoute: 'gateway.networking.k8s.io/TLSRoute',
  tcpRoute: 'gateway.networking.k8s.io/TCPRoute',
} as const;

type RouteKind = (typeof ROUTE_KINDS)[keyof typeof ROUTE_KINDS];

const namesSchema = z.array(z.object({ name: z.string() })).optional();

/** The configuration of the plugin `argoproj-labs/gatewayAPI`, as far as it names routes. */
const pluginSchema = z.object({
  namespace: z.string().optional(),
  httpRoute: z.string().optional(),
  grpcRoute: z.string().optional(),
  tlsRoute: z.string().optional(),
  tcpRoute: z.string().optional(),
  httpRoutes: namesSchema,
  grpcRoutes: namesSchema,
  tlsRoutes: namesSchema,
  tcpRoutes: namesSchema,
});

/** The name under which the plugin is registered, by its documentation. */
export const GATEWAY_API_PLUGIN = 'argoproj-labs/gatewayAPI';

/** A route of the Gateway API that a controller moves weights in. */
export interface NamedRoute {
  kind: RouteKind;
  namespace: string;
  name: string;
}

/**
 * The routes that the plugin for the Gateway API is told of by name. Those that it finds by labels are not among them.
 *
 * Upstream: rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/types.go, `GatewayAPITrafficRouting`.
 */
export function pluginRoutes(config: unknown, namespace: string): NamedRoute[] {
  const parsed = pluginSchema.safeParse(config);
  if (!parsed.success) {
    return [];
  }
  const { data } = parsed;
  return (['httpRoute', 'grpcRoute', 'tlsRoute', 'tcpRoute'] as const).flatMap(
    field => {
      const one = data[field];
      const names = [
        ...(one === undefined ? [] : [one]),
        ...(data[`${field}s`] ?? []).map(({ name }) => name),
      ];
      return names.map(name => ({
        kind: ROUTE_KINDS[field],
        namespace: data.namespace ?? namespace,
        name,
      }));
    },
  );
}

/** The rules of a route of the Gateway API that a controller moves weights in. */
export function gatewayApiRoutes(
  snapshot: MeshSnapshot,
  { kind, namespace, name }: NamedRoute,
  /** The namespace of the controller's object. */
  home: string,
  version: NewVersion,
): CanaryRoute[] {
  const ref: ReturnType<typeof refTo> & { kind: KindId } = {
    ...refTo(snapshot, kind, namespace, name),
    kind,
  };
  return canaryRoutes(
    snapshot,
    ref,
    home,
    snapshot.get(kind, namespace, name),
    found => {
      const shares = gatewayApiShares(found.spec?.rules ?? [], version);
      return shares.length > 0
        ? shares
        : {
            missing: `No rule of ${objectWords(ref)} sends to ${
              version.service ?? 'the new version'
            }`,
          };
    },
  );
}
