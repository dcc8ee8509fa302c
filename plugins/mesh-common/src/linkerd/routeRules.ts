import { Reason } from '../contract/common';
import { RouteCondition, RouteRule } from '../contract/routing';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { AnyLinkerdRoute, routeName } from './linkerdRoutes';
import { covers } from './matchCoverage';
import { OutboundPolicy, WrittenOutboundRoute } from './outbound/policy';
import { matchesOf } from './outbound/takenRule';
import { ruleBackends } from './routeBackends';
import { ruleFilters } from './ruleFilters';
import { ruleSettings } from './ruleSettings';

/** One match of one rule. */
interface PlacedMatch {
  written: WrittenOutboundRoute;
  rule: number;
  conditions: RouteCondition[];
}

/**
 * The rules of the routes of a policy, in the order in which the proxy prefers them. A rule whose matches rank
 * differently is there more than once, each time with the matches of that place.
 */
export function routeRules(
  snapshot: MeshSnapshot,
  policy: OutboundPolicy,
): RouteRule[] {
  const rows = groupAdjacent(placedMatches(policy));
  const before: PlacedMatch[] = [];
  return rows.map(row => {
    const taker = takerOf(row, before);
    before.push(...row);
    return ruleOf(snapshot, policy, row, taker);
  });
}

function placedMatches(policy: OutboundPolicy): PlacedMatch[] {
  const { routes, protocol } = policy;
  if (protocol === 'tls' || protocol === 'opaque') {
    return routes.flatMap(written =>
      serverNames(written).map(conditions => ({
        written,
        rule: 0,
        conditions,
      })),
    );
  }
  return matchesOf(policy).flatMap(({ candidate, rule, conditions }) => {
    const written = routes.find(({ route }) => route.route === candidate.route);
    return written ? [{ written, rule, conditions }] : [];
  });
}

function serverNames({ hosts }: WrittenOutboundRoute): RouteCondition[][] {
  return hosts.length === 0
    ? [[]]
    : hosts.map(host => [
        host.startsWith('*.')
          ? {
              subject: 'sni',
              operator: 'regex',
              value: `.+${host.slice(1).replaceAll('.', '\\.')}`,
            }
          : { subject: 'sni', operator: 'exact', value: host },
      ]);
}

function groupAdjacent(matches: readonly PlacedMatch[]): PlacedMatch[][] {
  const rows: PlacedMatch[][] = [];
  for (const match of matches) {
    const last = rows.at(-1);
    if (last?.[0].written === match.written && last[0].rule === match.rule) {
      last.push(match);
    } else {
      rows.push([match]);
    }
  }
  return rows;
}

/** What takes all requests of a row before it, if something does. */
function takerOf(
  row: readonly PlacedMatch[],
  before: readonly PlacedMatch[],
): PlacedMatch | undefined {
  const takers = row.map(match =>
    before.find(earlier => covers(earlier.conditions, match.conditions)),
  );
  return takers.every(taker => taker) ? takers[0] : undefined;
}

function ruleOf(
  snapshot: MeshSnapshot,
  policy: OutboundPolicy,
  row: readonly PlacedMatch[],
  taker: PlacedMatch | undefined,
): RouteRule {
  const { written, rule: index } = row[0];
  const rule = written.rules[index];
  const at = (match: PlacedMatch, text: string): Reason =>
    because('linkerd/route', text, {
      snapshot,
      kind: match.written.route.kind,
      object: match.written.route.route,
      field: `spec.rules[${match.rule}]`,
    });
  const { backends, reasons } = ruleBackends(
    snapshot,
    written.route,
    index,
    rule,
  );
  const filters = ruleFilters(snapshot, written, index, rule);
  const settings = ruleSettings(snapshot, policy, rule);
  const nowhere =
    !filters.redirect && backends.every(({ percent }) => percent === 0);
  return {
    name: nameOf(written.route, index),
    matches: row.some(({ conditions }) => conditions.length === 0)
      ? []
      : row.map(({ conditions }) => conditions),
    ...(taker && {
      neverMatches: at(
        taker,
        `${nameOf(
          taker.written.route,
          taker.rule,
        )} takes every such request first`,
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
      at(row[0], `${routeName(written.route)} decides`),
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

function nameOf(route: AnyLinkerdRoute, rule: number): string {
  return `${routeName(route)} rules[${rule}]`;
}
