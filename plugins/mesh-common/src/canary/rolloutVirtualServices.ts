import { CanaryRoute } from '../contract/canary';
import { RouteDestination } from '../istio/objectParts';
import { VirtualService } from '../istio/objects';
import { namespaceOf } from '../kubernetes/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Rollout, RolloutVirtualService } from './objects';
import { NewVersion, RoutedShare, virtualServiceShare } from './routedShares';
import { canaryRoutes, objectWords, refTo } from './routes';

type Routing = NonNullable<
  NonNullable<
    NonNullable<NonNullable<Rollout['spec']>['strategy']>['canary']
  >['trafficRouting']
>;

/**
 * The VirtualServices whose weights a Rollout moves. Both forms together are none, as the controller sees it.
 *
 * Upstream: argo-rollouts utils/istio/istio.go, `GetRolloutVirtualServiceKeys`.
 */
export function namedVirtualServices({
  istio,
}: Routing): readonly RolloutVirtualService[] {
  const { virtualService, virtualServices } = istio ?? {};
  if (virtualService && virtualServices) {
    return [];
  }
  return virtualServices ?? (virtualService ? [virtualService] : []);
}

/**
 * The object that a Rollout means by the name of a VirtualService: what follows the last dot is a namespace, after
 * `.cluster.local` is taken away.
 *
 * Upstream: argo-rollouts utils/istio/istio.go, `GetVirtualServiceNamespaceName`.
 */
export function meantVirtualService(
  rollout: Rollout,
  { name }: RolloutVirtualService,
): { namespace: string; name: string } {
  const parts = name.replace(/\.cluster\.local$/, '').split('.');
  const last = parts.length > 1 ? parts.pop() : undefined;
  return { namespace: last ?? namespaceOf(rollout), name: parts.join('.') };
}

/** The rules of the VirtualServices that a Rollout moves weights in. */
export function virtualServiceRoutes(
  snapshot: MeshSnapshot,
  rollout: Rollout,
  routing: Routing,
  version: NewVersion,
): CanaryRoute[] {
  return namedVirtualServices(routing).flatMap(named => {
    const { namespace, name } = meantVirtualService(rollout, named);
    const kind = 'networking.istio.io/VirtualService';
    return canaryRoutes(
      snapshot,
      { ...refTo(snapshot, kind, namespace, name), kind },
      namespaceOf(rollout),
      snapshot.get(kind, namespace, name),
      found => sharesIn(found, named, version),
    );
  });
}

/**
 * The rules by their names, and those for TLS and TCP by their ports and hosts. Without names it is the only rule for
 * HTTP, or else the first one that has no name; likewise the first for TLS and TCP.
 *
 * Upstream: argo-rollouts rollout/trafficrouting/istio/istio.go, `getHttpRouteIndexesToPatch`,
 * `getTlsRouteIndexesToPatch`, `getTcpRouteIndexesToPatch`.
 */
function sharesIn(
  { spec, metadata }: VirtualService,
  { routes = [], tlsRoutes = [], tcpRoutes = [] }: RolloutVirtualService,
  version: NewVersion,
): RoutedShare[] | { missing: string } {
  const http = spec?.http ?? [];
  const words = `VirtualService ${metadata.namespace}/${metadata.name}`;
  const unknown = routes.find(
    route => !http.some(({ name }) => name === route),
  );
  if (unknown !== undefined) {
    return { missing: `${words} has no rule of the name ${unknown}` };
  }
  const unnamed = http.length === 1 ? 0 : http.findIndex(rule => !rule.name);
  const indexes =
    routes.length > 0
      ? routes.map(route => http.findIndex(({ name }) => name === route))
      : [unnamed].filter(index => index >= 0);
  const places: [string, readonly RouteDestination[]][] = [
    ...indexes.map((index): [string, readonly RouteDestination[]] => [
      `spec.http[${index}]`,
      http[index].route ?? [],
    ]),
    ...connectionPlaces('tls', spec?.tls ?? [], tlsRoutes),
    ...connectionPlaces('tcp', spec?.tcp ?? [], tcpRoutes),
  ];
  const shares = places.flatMap(
    ([field, route]) => virtualServiceShare(field, route, version) ?? [],
  );
  return shares.length > 0
    ? shares
    : {
        missing: `No rule of ${words} that the Rollout moves sends to the new version`,
      };
}

interface ConnectionRule {
  match?: { port?: number; sniHosts?: string[] }[];
  route?: RouteDestination[];
}

function connectionPlaces(
  protocol: 'tls' | 'tcp',
  rules: readonly ConnectionRule[],
  wanted: readonly { port?: number; sniHosts?: string[] }[],
): [string, readonly RouteDestination[]][] {
  return rules.flatMap(
    (rule, index): [string, readonly RouteDestination[]][] => {
      const isMeant =
        wanted.length === 0
          ? index === 0
          : wanted.some(each => isOf(rule, each));
      return isMeant ? [[`spec.${protocol}[${index}]`, rule.route ?? []]] : [];
    },
  );
}

/** Exactly one port, and exactly these hosts. */
function isOf(
  { match = [] }: ConnectionRule,
  { port = 0, sniHosts = [] }: { port?: number; sniHosts?: string[] },
): boolean {
  const ports = new Set(match.map(each => each.port ?? 0));
  const hosts = new Set(match.flatMap(each => each.sniHosts ?? []));
  return (
    ports.size <= 1 &&
    ([...ports][0] ?? 0) === port &&
    hosts.size === sniHosts.length &&
    sniHosts.every(host => hosts.has(host))
  );
}

/** A name for people of what a Rollout moves. */
export function virtualServiceWords(
  snapshot: MeshSnapshot,
  rollout: Rollout,
  routing: Routing,
): string {
  return namedVirtualServices(routing)
    .map(named => {
      const { namespace, name } = meantVirtualService(rollout, named);
      return objectWords(
        refTo(snapshot, 'networking.istio.io/VirtualService', namespace, name),
      );
    })
    .join(', ');
}
