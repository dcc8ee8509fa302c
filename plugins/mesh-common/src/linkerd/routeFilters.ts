import { Reason } from '../contract/common';
import { RouteFilter } from '../gateway-api/objects';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { LinkerdRoute } from './linkerdRoutes';
import { notUsed } from './routeAcceptance';

const FILTERS: ReadonlySet<string> = new Set([
  'RequestHeaderModifier',
  'ResponseHeaderModifier',
  'RequestRedirect',
]);

/** The index of the first filter that Linkerd does not have; -1 if it has them all. */
export function unsupportedFilter(filters: readonly RouteFilter[]): number {
  return filters.findIndex(({ type }) => !FILTERS.has(type));
}

/**
 * Why a route is dropped for its filters: Linkerd has header modifiers and redirects, and drops a route with
 * a rule that has another filter, though it writes that it accepts the route.
 *
 * Upstream: policy-controller/k8s/index/src/{inbound/routes,outbound/index}/http.rs.
 */
export function brokenFilters(
  snapshot: MeshSnapshot,
  candidate: LinkerdRoute,
): Reason | undefined {
  const rules: { filters?: RouteFilter[] }[] =
    candidate.route.spec?.rules ?? [];
  for (const [rule, { filters = [] }] of rules.entries()) {
    const index = unsupportedFilter(filters);
    if (index >= 0) {
      return notUsed(
        snapshot,
        candidate,
        `Linkerd has no filter ${filters[index].type}`,
        `spec.rules[${rule}].filters[${index}]`,
      );
    }
  }
  return undefined;
}
