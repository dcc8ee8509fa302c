import { Reason } from '../../contract/common';
import {
  conditionOf,
  parentOf,
  placeKey,
  statusesOf,
} from '../../gateway-api/references';
import {
  RouteOfService,
  routesOfService,
} from '../../gateway-api/serviceRoutes';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { compare, timeOf } from '../age';
import { clusterDomain } from '../injectorConfig';
import { MeshService } from '../meshServices';
import { HttpMatch } from '../objects';
import { convertRoute } from './gatewayApiRules';
import { objectReason, RouteSource, SourceRule, titleOf } from './source';

const RULE = 'istio/gateway-api-route';
const CONTROLLER = 'istio.io/gateway-controller';

type MeshRouteOfService =
  | RouteOfService<'gateway.networking.k8s.io/HTTPRoute'>
  | RouteOfService<'gateway.networking.k8s.io/GRPCRoute'>;

/** The sources that the Gateway API routes of a Service make, and what is said about routes that make none. */
export interface GatewayApiSources {
  sources: RouteSource[];
  ignored: Reason[];
  /** Whether a route was taken as accepted that no controller has judged. */
  predicted: boolean;
}

/**
 * The routes of the Gateway API whose parent is a Service. On a cluster those count that Istio's controller
 * has accepted; over files all do, as predicted. Those of one namespace and one port (or none) become one
 * source, whose rules are in the order of the Gateway API; routes with and without a port stay apart.
 *
 * Upstream: pilot/pkg/config/kube/gateway/route_collections.go, `HTTPRouteCollection`, `mergeHTTPRoutes`.
 */
export function gatewayApiSources(
  snapshot: MeshSnapshot,
  service: MeshService,
): GatewayApiSources {
  if (!service.service) {
    return { sources: [], ignored: [], predicted: false };
  }
  const place = {
    namespace: service.namespace,
    name: service.service.metadata.name,
  };
  const routes: MeshRouteOfService[] = [
    ...routesOfService(snapshot, 'gateway.networking.k8s.io/HTTPRoute', place),
    ...routesOfService(snapshot, 'gateway.networking.k8s.io/GRPCRoute', place),
  ];
  const ignored: Reason[] = [];
  const groups = new Map<string, Converted[]>();
  for (const route of routes) {
    const converted = convert(snapshot, route);
    if ('text' in converted) {
      ignored.push(converted);
    } else {
      const key = [
        namespaceOf(route.route),
        ...(route.parent.port === undefined ? [] : [route.parent.port]),
        service.host,
      ].join('~');
      groups.set(key, [...(groups.get(key) ?? []), converted]);
    }
  }
  return {
    sources: [...groups].map(([key, group]) =>
      sourceOf(service.host, key, group),
    ),
    ignored,
    predicted: snapshot.origin === 'files' && groups.size > 0,
  };
}

interface Converted {
  route: MeshRouteOfService;
  rules: readonly SourceRule[];
}

function convert(
  snapshot: MeshSnapshot,
  entry: MeshRouteOfService,
): Converted | Reason {
  const written = { kind: entry.kind, object: entry.route };
  const refused = refusal(snapshot, entry);
  if (refused) {
    return refused;
  }
  const converted = convertRoute(
    // Kind and object of an entry belong together.
    { kind: entry.kind, object: entry.route } as Parameters<
      typeof convertRoute
    >[0],
    {
      domain: clusterDomain(snapshot),
      serviceExists: (namespace, name) =>
        snapshot.get('Service', namespace, name) !== undefined,
    },
  );
  return 'problem' in converted
    ? objectReason(
        snapshot,
        written,
        RULE,
        `${titleOf(written)} has no effect: ${converted.problem}`,
        converted.field,
      )
    : { route: entry, rules: onPort(converted.rules, entry.parent.port) };
}

/** Why a route is not in effect; undefined where it is, or (over files) will be. */
function refusal(
  snapshot: MeshSnapshot,
  { kind, route, parent, field }: MeshRouteOfService,
): Reason | undefined {
  if (snapshot.origin === 'files') {
    return undefined;
  }
  const written = { kind, object: route };
  const status = statusesOf(route.status, CONTROLLER).find(
    ({ parentRef }) =>
      placeKey(parentOf(parentRef, namespaceOf(route))) === placeKey(parent),
  );
  const accepted = conditionOf(status, 'Accepted');
  if (accepted?.status === 'True') {
    return undefined;
  }
  return objectReason(
    snapshot,
    written,
    RULE,
    accepted
      ? `${titleOf(written)} is not accepted: ${
          accepted.message ?? accepted.reason ?? 'no reason is given'
        }`
      : `${titleOf(
          written,
        )} has not been accepted by Istio: its status does not name ${CONTROLLER}`,
    accepted ? 'status.parents' : field,
  );
}

function onPort(
  rules: readonly SourceRule[],
  port: number | undefined,
): readonly SourceRule[] {
  return port === undefined
    ? rules
    : rules.map(rule => ({
        ...rule,
        http: {
          ...rule.http,
          match: (rule.http.match ?? [{}]).map(match => ({ ...match, port })),
        },
      }));
}

function sourceOf(
  host: string,
  name: string,
  group: readonly Converted[],
): RouteSource {
  const sorted = [...group].sort(
    ({ route: a }, { route: b }) =>
      compare(timeOf(a.route), timeOf(b.route)) ||
      compare(namespaceOf(a.route), namespaceOf(b.route)) ||
      compare(a.route.metadata.name, b.route.metadata.name),
  );
  const [{ route: oldest }] = sorted;
  return {
    from: 'gateway-api',
    hosts: [host],
    namespace: namespaceOf(oldest.route),
    name,
    time: timeOf(oldest.route),
    objects: sorted.map(({ route }) => ({
      kind: route.kind,
      object: route.route,
    })),
    rules: () => ({
      rules: sorted
        .flatMap(({ rules }) => rules)
        .sort((a, b) => precedence(a.http.match?.[0], b.http.match?.[0])),
      dropped: [],
    }),
  };
}

/**
 * The order of rules of the Gateway API: exact paths before prefixes before expressions, longer paths, those
 * with a method, with more headers, with more query parameters; then as they are written, older routes first.
 *
 * Upstream: pilot/pkg/config/kube/gateway/conversion.go, `sortHTTPRoutes`.
 */
export function precedence(
  a: HttpMatch | undefined,
  b: HttpMatch | undefined,
): number {
  if (!a || !b) {
    return Number(!a) - Number(!b);
  }
  return (
    pathRank(b) - pathRank(a) ||
    pathLength(b) - pathLength(a) ||
    Number(b.method !== undefined) - Number(a.method !== undefined) ||
    size(b.headers) - size(a.headers) ||
    size(b.queryParams) - size(a.queryParams)
  );
}

function pathRank({ uri }: HttpMatch): number {
  if (!uri) {
    return -1;
  }
  if (uri.exact !== undefined) {
    return 3;
  }
  return uri.prefix !== undefined ? 2 : 1;
}

function pathLength({ uri }: HttpMatch): number {
  return (uri?.exact ?? uri?.prefix ?? uri?.regex ?? '').length;
}

function size(record: object | undefined): number {
  return Object.keys(record ?? {}).length;
}
