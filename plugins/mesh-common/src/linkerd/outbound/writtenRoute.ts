import { BackendRef } from '../../gateway-api/objects';
import { parseAnnotationDuration, parseRouteDuration } from '../durations';
import {
  AnyLinkerdRoute,
  GRPC_ROUTE_KIND,
  LinkerdRoute,
} from '../linkerdRoutes';
import { FilterContent, filtersByRule, matchesByRule } from '../ruleContent';
import { parseRetry, parseTimeouts } from '../trafficAnnotations';
import { BackendPlace, namedBackends, parentBackend } from './backends';
import { isConnectionRoute } from './brokenRoute';
import {
  OutboundBackend,
  OutboundRetry,
  OutboundRule,
  OutboundTimeouts,
  WrittenOutboundRoute,
} from './policy';
import { ParentSettings, retryOf, timeoutsOf } from './settings';

/**
 * A route as the proxy gets it. A rule without backends goes to the parent. If the route sets any timeout, none of the
 * parent's count; retries likewise.
 *
 * Upstream: policy-controller/grpc/src/outbound/{http,grpc,tls,tcp}.rs, `convert_outbound_route`.
 */
export function writtenRoute(
  place: BackendPlace,
  route: AnyLinkerdRoute,
  settings: ParentSettings,
): WrittenOutboundRoute {
  return {
    route,
    hosts: route.route.spec?.hostnames ?? [],
    rules: isConnectionRoute(route)
      ? (route.route.spec?.rules ?? []).map(({ backendRefs = [] }) => ({
          ...destinationsOf(place, backendRefs),
          matches: [],
          filters: [],
          timeouts: {},
        }))
      : requestRules(place, route, settings),
  };
}

function requestRules(
  place: BackendPlace,
  route: LinkerdRoute,
  settings: ParentSettings,
): OutboundRule[] {
  const isGrpc = route.kind === GRPC_ROUTE_KIND;
  const matches = matchesByRule(route);
  const filters = filtersByRule(route);
  const parentRetry = isGrpc ? settings.grpcRetry : settings.httpRetry;
  const retry = retryOfRoute(route) ?? parentRetry;
  const rules: readonly { backendRefs?: BackendRef[] }[] =
    route.route.spec?.rules ?? [];
  return rules.map(({ backendRefs = [] }, index) => {
    const own = timeoutsOfRule(route, index);
    const { distribution, backends } = destinationsOf(place, backendRefs);
    return {
      distribution,
      backends: isGrpc ? backends.map(withGrpcFilters) : backends,
      matches: matches[index],
      filters: filters[index].flatMap(filter => appliedFilter(route, filter)),
      timeouts: Object.keys(own).length > 0 ? own : settings.timeouts,
      ...(retry && { retry }),
    };
  });
}

function destinationsOf(
  place: BackendPlace,
  refs: readonly BackendRef[],
): Pick<OutboundRule, 'distribution' | 'backends'> {
  return refs.length === 0
    ? { distribution: 'firstAvailable', backends: [parentBackend(place)] }
    : { distribution: 'randomAvailable', backends: namedBackends(place, refs) };
}

/**
 * What comes of a filter where clients apply it: a response header modifier of a policy.linkerd.io HTTPRoute changes
 * the request, which is a fault of the controller; with gRPC requests' headers are changed, and nothing else is done.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/http.rs, `convert_linkerd_filter`;
 * grpc/src/outbound/grpc.rs, `convert_to_filter`.
 */
function appliedFilter(
  { kind }: LinkerdRoute,
  filter: FilterContent,
): FilterContent[] {
  if (kind === GRPC_ROUTE_KIND) {
    return isGrpcFilter(filter) ? [filter] : [];
  }
  return kind === 'policy.linkerd.io/HTTPRoute' && 'responseHeaders' in filter
    ? [{ requestHeaders: filter.responseHeaders }]
    : [filter];
}

function isGrpcFilter(filter: FilterContent): boolean {
  return 'requestHeaders' in filter;
}

/** With gRPC the filters of a backend are no others than those of a rule. */
function withGrpcFilters(backend: OutboundBackend): OutboundBackend {
  return { ...backend, filters: backend.filters.filter(isGrpcFilter) };
}

function retryOfRoute(route: LinkerdRoute): OutboundRetry | undefined {
  const parsed = parseRetry(
    route.route.metadata.annotations,
    route.kind === GRPC_ROUTE_KIND ? 'grpc' : 'http',
  );
  return 'settings' in parsed && parsed.settings
    ? retryOf({ kind: route.kind, object: route.route }, parsed.settings)
    : undefined;
}

/** What the route and the rule set; the rule's timeout of requests counts where the route has no annotation for it. */
function timeoutsOfRule(route: LinkerdRoute, index: number): OutboundTimeouts {
  const annotated = { kind: route.kind, object: route.route };
  const parsed = parseTimeouts(route.route.metadata.annotations);
  const settings = ('settings' in parsed && parsed.settings) || {};
  const request =
    settings.request === undefined ? ruleTimeout(route, index) : undefined;
  return {
    ...timeoutsOf(annotated, settings),
    ...(request !== undefined && {
      request: {
        ms: request,
        source: {
          ...annotated,
          field: `spec.rules[${index}].timeouts.request`,
        },
      },
    }),
  };
}

/**
 * The timeout that the rule itself writes; 0 means none. The controller does not look at the sign that one of a
 * policy.linkerd.io HTTPRoute may have.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/http.rs, `convert_linkerd_rule`;
 * k8s/api/src/duration.rs, `From<K8sDuration>`.
 */
function ruleTimeout(route: LinkerdRoute, index: number): number | undefined {
  if (route.kind === GRPC_ROUTE_KIND) {
    return undefined;
  }
  const text = route.route.spec?.rules?.[index]?.timeouts?.request;
  if (text === undefined) {
    return undefined;
  }
  const parsed =
    route.kind === 'policy.linkerd.io/HTTPRoute'
      ? parseRouteDuration(text)
      : parseAnnotationDuration(text);
  return 'ms' in parsed && parsed.ms !== 0 ? Math.abs(parsed.ms) : undefined;
}
