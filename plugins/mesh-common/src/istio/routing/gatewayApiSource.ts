import { Reason } from '../../contract/common';
import {
  ParentService,
  RouteOfService,
  routesOfService,
} from '../../gateway-api/serviceRoutes';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { clusterDomain } from '../injectorConfig';
import { MeshService } from '../meshServices';
import { convertRoute } from './gatewayApiRules';
import { notAccepted } from './gatewayApiStatus';
import { ConvertedRoute, mergedRoutes } from './mergedRoutes';
import { objectReason, RouteSource, SourceRule, titleOf } from './source';

const RULE = 'istio/gateway-api-route';

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
 * The routes of the Gateway API whose parent is a Service or ServiceEntry. On a cluster those count that Istio's controller
 * has accepted; over files all do, as predicted. Those of one namespace and one port (or none) become one
 * source, whose rules are in the order of the Gateway API; routes with and without a port stay apart.
 *
 * Upstream: pilot/pkg/config/kube/gateway/route_collections.go, `HTTPRouteCollection`, `mergeHTTPRoutes`.
 */
export function gatewayApiSources(
  snapshot: MeshSnapshot,
  service: MeshService,
): GatewayApiSources {
  const object = service.service ?? service.entry;
  if (!object) {
    return { sources: [], ignored: [], predicted: false };
  }
  const place: ParentService = {
    kind: service.service ? 'Service' : 'ServiceEntry',
    namespace: service.namespace,
    name: object.metadata.name,
  };
  const routes: MeshRouteOfService[] = [
    ...routesOfService(snapshot, 'gateway.networking.k8s.io/HTTPRoute', place),
    ...routesOfService(snapshot, 'gateway.networking.k8s.io/GRPCRoute', place),
  ];
  const ignored: Reason[] = [];
  const groups = new Map<string, ConvertedRoute[]>();
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
      mergedRoutes(service.host, key, group),
    ),
    ignored,
    predicted: snapshot.origin === 'files' && groups.size > 0,
  };
}

function convert(
  snapshot: MeshSnapshot,
  entry: MeshRouteOfService,
): ConvertedRoute | Reason {
  const written = { kind: entry.kind, object: entry.route };
  const refused = notAccepted(snapshot, entry.route, entry);
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
    : { written, rules: onPort(converted.rules, entry.parent.port) };
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
