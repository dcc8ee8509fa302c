import { namespaceOf } from '../../kubernetes/objects';
import { compare, timeOf } from '../age';
import { HttpMatch } from '../objects';
import { RouteObject, RouteSource, SourceRule } from './source';

/** A route of the Gateway API, with its rules in the form of a VirtualService's. */
export interface ConvertedRoute {
  written: RouteObject;
  rules: readonly SourceRule[];
}

/**
 * The routes of the Gateway API for one host of one parent as one source, whose rules are in the order of the Gateway
 * API, those of older routes first. Its namespace and age are the oldest route's.
 *
 * Upstream: pilot/pkg/config/kube/gateway/route_collections.go, `mergeHTTPRoutes`.
 */
export function mergedRoutes(
  host: string,
  name: string,
  group: readonly ConvertedRoute[],
): RouteSource {
  const sorted = [...group].sort(
    ({ written: { object: a } }, { written: { object: b } }) =>
      compare(timeOf(a), timeOf(b)) ||
      compare(namespaceOf(a), namespaceOf(b)) ||
      // As istiod calls what it makes of them: `a-b` comes before `a`.
      compare(`${a.metadata.name}~`, `${b.metadata.name}~`),
  );
  const [{ written: oldest }] = sorted;
  return {
    from: 'gateway-api',
    hosts: [host],
    namespace: namespaceOf(oldest.object),
    name,
    time: timeOf(oldest.object),
    objects: sorted.map(({ written }) => written),
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
