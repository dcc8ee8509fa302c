import { RouteCondition } from '../contract/routing';
import { grpcConditions, httpConditions } from '../gateway-api/conditions';
import { GRPC_ROUTE_KIND, LinkerdRoute } from './linkerdRoutes';
import { orderGrpcMatches, orderMatches } from './matchOrder';

/** One match of one rule, with the conditions as people read them. */
export interface RouteMatch {
  candidate: LinkerdRoute;
  rule: number;
  conditions: RouteCondition[];
  /** It takes nothing but calls of gRPC, as every match of a GRPCRoute that is written does. */
  callsOnly?: boolean;
}

const EVERYTHING = { type: 'prefix', value: '/' } as const;

/** The matches of HTTPRoutes, in the order in which the proxy prefers them, for a path with a query where it is known. */
export function httpMatches(
  routes: readonly LinkerdRoute[],
  path?: string,
): RouteMatch[] {
  const all = routes.flatMap(candidate =>
    candidate.kind === GRPC_ROUTE_KIND
      ? []
      : (candidate.route.spec?.rules ?? []).flatMap(({ matches = [] }, rule) =>
          hostsOf(candidate).flatMap(host =>
            (matches.length > 0 ? matches : [{}]).map(match => ({
              candidate,
              rule,
              ...(host !== undefined && { host }),
              path: rankedPath(match.path),
              method: match.method !== undefined,
              headers: match.headers?.length ?? 0,
              queryParams: match.queryParams?.length ?? 0,
              conditions: [...hostConditions(host), ...httpConditions(match)],
            })),
          ),
        ),
  );
  return orderMatches(all, path?.split('?', 1)[0].length);
}

function rankedPath(path: { type?: string; value?: string } | undefined): {
  type: 'exact' | 'prefix' | 'regex';
  value: string;
} {
  const value = path?.value ?? EVERYTHING.value;
  switch (path?.type) {
    case 'Exact':
      return { type: 'exact', value };
    case 'RegularExpression':
      return { type: 'regex', value };
    default:
      return { type: 'prefix', value };
  }
}

/** The matches of GRPCRoutes, in the order in which the proxy prefers them. */
export function grpcMatches(routes: readonly LinkerdRoute[]): RouteMatch[] {
  const all = routes.flatMap(candidate =>
    candidate.kind === GRPC_ROUTE_KIND
      ? (candidate.route.spec?.rules ?? []).flatMap(({ matches = [] }, rule) =>
          hostsOf(candidate).flatMap(host =>
            (matches.length > 0 ? matches : [{}]).map(match => ({
              candidate,
              rule,
              ...(host !== undefined && { host }),
              service: match.method?.service,
              method: match.method?.method,
              headers: match.headers?.length ?? 0,
              callsOnly: matches.length > 0,
              conditions: [...hostConditions(host), ...grpcConditions(match)],
            })),
          ),
        )
      : [],
  );
  return orderGrpcMatches(all);
}

function hostsOf({ route }: LinkerdRoute): (string | undefined)[] {
  const hostnames = route.spec?.hostnames ?? [];
  return hostnames.length > 0 ? hostnames : [undefined];
}

function hostConditions(host: string | undefined): RouteCondition[] {
  if (host === undefined) {
    return [];
  }
  const common = { subject: 'authority', ignoreCase: true } as const;
  return host.startsWith('*.')
    ? [
        {
          ...common,
          operator: 'regex',
          value: `.+${host.slice(1).replaceAll('.', '\\.')}`,
        },
      ]
    : [{ ...common, operator: 'exact', value: host }];
}
