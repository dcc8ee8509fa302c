import { Reason } from '../contract/common';
import { RouteCondition, RouteRule } from '../contract/routing';
import { grpcConditions, httpConditions } from '../gateway-api/conditions';
import { Service, ServicePort } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AttachedRoutes } from './attachedRoutes';
import { GRPC_ROUTE_KIND, LinkerdRoute, routeName } from './linkerdRoutes';
import { covers } from './matchCoverage';
import { orderGrpcMatches, orderMatches } from './matchOrder';
import { ruleBackends } from './routeBackends';
import { ruleFilters } from './ruleFilters';
import { ruleSettings } from './ruleSettings';

/** One match of one rule, with the conditions as people read them. */
export interface RouteMatch {
  candidate: LinkerdRoute;
  rule: number;
  conditions: RouteCondition[];
}

const EVERYTHING = { type: 'prefix', value: '/' } as const;

/**
 * The rules of the routes, in the order in which the proxy prefers them. A rule whose matches rank
 * differently is there more than once, each time with the matches of that place.
 */
export function routeRules(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  { type, routes }: AttachedRoutes,
): RouteRule[] {
  const matches = type === 'grpc' ? grpcMatches(routes) : httpMatches(routes);
  const rows = groupAdjacent(matches);
  const before: RouteMatch[] = [];
  return rows.map(row => {
    const taker = takerOf(row, before);
    before.push(...row);
    return ruleOf(snapshot, service, port, row, type, taker);
  });
}

/** The matches of HTTPRoutes, in the order in which the proxy prefers them. */
export function httpMatches(routes: readonly LinkerdRoute[]): RouteMatch[] {
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
  return orderMatches(all);
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

function groupAdjacent(matches: readonly RouteMatch[]): RouteMatch[][] {
  const rows: RouteMatch[][] = [];
  for (const match of matches) {
    const last = rows.at(-1);
    if (
      last?.[0].candidate === match.candidate &&
      last[0].rule === match.rule
    ) {
      last.push(match);
    } else {
      rows.push([match]);
    }
  }
  return rows;
}

/** What takes all requests of a row before it, if something does. */
function takerOf(
  row: readonly RouteMatch[],
  before: readonly RouteMatch[],
): RouteMatch | undefined {
  const takers = row.map(match =>
    before.find(earlier => covers(earlier.conditions, match.conditions)),
  );
  return takers.every(taker => taker) ? takers[0] : undefined;
}

function ruleOf(
  snapshot: MeshSnapshot,
  service: Service,
  port: ServicePort,
  row: readonly RouteMatch[],
  type: 'http' | 'grpc',
  taker: RouteMatch | undefined,
): RouteRule {
  const { candidate, rule } = row[0];
  const at = (match: RouteMatch, text: string): Reason =>
    because('linkerd/route', text, {
      snapshot,
      kind: match.candidate.kind,
      object: match.candidate.route,
      field: `spec.rules[${match.rule}]`,
    });
  const { backends, reasons } = ruleBackends(
    snapshot,
    service,
    port,
    candidate,
    rule,
  );
  const filters = ruleFilters(snapshot, candidate, rule);
  const settings = ruleSettings(snapshot, service, { candidate, rule }, type);
  const nowhere =
    !filters.redirect && backends.every(({ percent }) => percent === 0);
  return {
    name: nameOf(row[0]),
    matches: row.some(({ conditions }) => conditions.length === 0)
      ? []
      : row.map(({ conditions }) => conditions),
    ...(taker && {
      neverMatches: at(
        taker,
        `${nameOf(taker)} takes every such request first`,
      ),
    }),
    action: actionOf(filters.redirect !== undefined, nowhere),
    backends: filters.redirect || nowhere ? [] : backends,
    ...(filters.redirect && { redirect: filters.redirect }),
    ...(nowhere && { directResponse: { status: 500 } }),
    mirrors: [],
    ...(settings.timeout && { timeout: settings.timeout }),
    ...(settings.retries && { retries: settings.retries }),
    headers: filters.headers,
    reasons: [
      at(row[0], `${routeName(candidate)} decides`),
      ...(nowhere
        ? [at(row[0], 'All backends have the weight 0: every request fails')]
        : []),
      ...reasons,
      ...filters.reasons,
      ...settings.reasons,
    ],
  };
}

function actionOf(redirects: boolean, nowhere: boolean): RouteRule['action'] {
  if (redirects) {
    return 'redirect';
  }
  return nowhere ? 'direct-response' : 'forward';
}

function nameOf({ candidate, rule }: RouteMatch): string {
  return `${routeName(candidate)} rules[${rule}]`;
}
