import type { BackendRef, HttpMatch, HttpRoute } from '../world/gatewayKinds';
import { byAge } from '../world/kind';
import type { Request } from './request';

export interface MatchedRoute {
  route: HttpRoute;
  rule: number;
  backends: BackendRef[];
}

interface Candidate extends MatchedRoute {
  match: HttpMatch;
}

const ANY: HttpMatch = { headers: [] };

/**
 * The rule of several HTTPRoutes that a request takes: the most specific match over all of them (exact path, longer
 * prefix, method, headers), then the oldest route, then the order of the rules. Undefined where none matches.
 */
export function matchRoutes(
  routes: readonly HttpRoute[],
  request: Request,
): MatchedRoute | undefined {
  return [...routes]
    .sort(byAge)
    .flatMap(route =>
      route.body.spec.rules.flatMap(({ matches: given, backendRefs }, rule) =>
        (given.length > 0 ? given : [ANY]).map(
          (match): Candidate => ({ route, rule, backends: backendRefs, match }),
        ),
      ),
    )
    .filter(({ match }) => matches(match, request))
    .sort((a, b) => compareSpecificity(b.match, a.match))[0];
}

function matches(
  { path, method, headers }: HttpMatch,
  request: Request,
): boolean {
  return (
    (!method || method === request.method) &&
    (!path || matchesPath(path.type, path.value, request.path)) &&
    headers.every(({ name, type, value }) => {
      const actual = request.headers[name.toLowerCase()];
      return (
        actual !== undefined &&
        (type === 'Exact'
          ? actual === value
          : new RegExp(`^(?:${value})$`).test(actual))
      );
    })
  );
}

function matchesPath(
  type: 'Exact' | 'PathPrefix' | 'RegularExpression',
  value: string,
  path: string,
): boolean {
  switch (type) {
    case 'Exact':
      return path === value;
    case 'PathPrefix': {
      const prefix = value.replace(/\/$/, '');
      return path === prefix || path.startsWith(`${prefix}/`);
    }
    default:
      return new RegExp(`^(?:${value})$`).test(path);
  }
}

function compareSpecificity(a: HttpMatch, b: HttpMatch): number {
  const rank = ({ path, method, headers }: HttpMatch) => [
    ['RegularExpression', 'PathPrefix', 'Exact'].indexOf(
      path?.type ?? 'PathPrefix',
    ),
    (path?.value ?? '/').length,
    method ? 1 : 0,
    headers.length,
  ];
  const [left, right] = [rank(a), rank(b)];
  const index = left.findIndex((value, position) => value !== right[position]);
  return index < 0 ? 0 : left[index] - right[index];
}
