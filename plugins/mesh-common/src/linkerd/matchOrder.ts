import { compare } from './age';

/** One match of one rule, as far as it decides which rule is taken. */
export interface RankedMatch {
  /** The host pattern: `*.` and labels, or a name; absent: any host. */
  host?: string;
  path: { type: 'exact' | 'prefix' | 'regex'; value: string };
  method: boolean;
  headers: number;
  queryParams: number;
}

/** Exact paths and regular expressions match whole paths, which no prefix does better. */
const UNKNOWN_LENGTH = Number.MAX_SAFE_INTEGER;

/**
 * Orders the matches of all rules as the proxy prefers them: by host (a name before a suffix, the longer
 * before the shorter, any host last), by the number of characters of the path that match, then by method,
 * by the number of headers and of query parameters; of equal ones the first one stays first.
 *
 * A regular expression matches as many characters as the path has, as an exact path does. Both are no better than a
 * prefix that is the very same path, and so come after one that asks for more beside it. Which prefixes are the path is
 * seen where the length of the path is given; without that, only of exact paths.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/lib.rs and http/match.rs.
 */
export function orderMatches<T extends RankedMatch>(
  matches: readonly T[],
  wholePath = UNKNOWN_LENGTH,
): T[] {
  const places = new Map(matches.map((match, place) => [match, place]));
  const placeOf = (match: T) => places.get(match) ?? 0;
  const details = (a: T, b: T) =>
    Number(b.method) - Number(a.method) ||
    b.headers - a.headers ||
    b.queryParams - a.queryParams ||
    placeOf(a) - placeOf(b);
  const ordered = [...matches].sort(
    (a, b) =>
      compareHosts(a.host, b.host) ||
      pathRank(b, wholePath) - pathRank(a, wholePath) ||
      details(a, b),
  );
  for (const exact of ordered.filter(({ path }) => path.type === 'exact')) {
    const better = ordered.findLastIndex(
      other =>
        other.path.type === 'prefix' &&
        other.host === exact.host &&
        trimmed(other.path.value) === exact.path.value &&
        details(other, exact) < 0,
    );
    const place = ordered.indexOf(exact);
    if (better > place) {
      ordered.splice(place, 1);
      ordered.splice(better, 0, exact);
    }
  }
  return ordered;
}

function pathRank({ path }: RankedMatch, wholePath: number): number {
  return path.type === 'prefix' ? prefixLength(path.value) : wholePath;
}

/** How many characters of a path a prefix matches. */
export function prefixLength(prefix: string): number {
  return trimmed(prefix).length;
}

/** `/` counts one character; else slashes at the end do not count. */
function trimmed(path: string): string {
  return path === '/' ? path : path.replace(/\/+$/, '');
}

function compareHosts(a: string | undefined, b: string | undefined): number {
  const [rankA, rankB] = [hostRank(a), hostRank(b)];
  return (
    rankB - rankA || compare(a?.toLowerCase() ?? '', b?.toLowerCase() ?? '')
  );
}

const LONGEST_HOST = 1_000;

function hostRank(host: string | undefined): number {
  if (host === undefined) {
    return 0;
  }
  return host.startsWith('*.') ? host.length : LONGEST_HOST + host.length;
}

/** One match of a rule of a GRPCRoute. */
export interface RankedGrpcMatch {
  host?: string;
  service?: string;
  method?: string;
  headers: number;
}

/**
 * Orders the matches of GRPCRoutes: by host, then by the length of the service and of the method that are
 * named, then by the number of headers.
 *
 * Upstream: linkerd2-proxy, linkerd/http/route/src/grpc/match.rs.
 */
export function orderGrpcMatches<T extends RankedGrpcMatch>(
  matches: readonly T[],
): T[] {
  return [...matches].sort(
    (a, b) =>
      compareHosts(a.host, b.host) ||
      (b.service?.length ?? 0) - (a.service?.length ?? 0) ||
      (b.method?.length ?? 0) - (a.method?.length ?? 0) ||
      b.headers - a.headers,
  );
}
