import { Reason } from '../../contract/common';
import { PortRoutes, RouteRule } from '../../contract/routing';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { ResolvedDestination } from './backends';
import { translateRule } from './httpRule';
import { reachability } from './reachability';
import { selectForSidecar, selectForWaypoint, Selection } from './select';
import { RouteSource } from './source';
import { RouteView } from './view';

const RULE = 'istio/routes';

/** The HTTP rules that decide on a port, in the order in which they are tried, and what they lead to. */
export interface HttpRoutes {
  rules: RouteRule[];
  destinations: readonly ResolvedDestination[];
  reasons: Reason[];
  unmatched?: PortRoutes['unmatched'];
  ignored: readonly Reason[];
}

/** The HTTP rules that a proxy applies to requests for a port of a service. */
export function httpRoutes(
  snapshot: MeshSnapshot,
  service: MeshService,
  port: number,
  view: RouteView,
  sources: readonly RouteSource[],
): HttpRoutes {
  const selection: Selection =
    view.proxy === 'waypoint'
      ? selectForWaypoint(sources, port, view)
      : selectForSidecar(snapshot, sources, service, port, view);
  const { never, complete } = reachability(snapshot, selection.rules);
  const translated = selection.rules.map(rule =>
    translateRule(snapshot, rule, port, view),
  );
  const rules = translated.map(({ rule }, index): RouteRule => {
    const reason = never.get(index);
    return reason ? { ...rule, neverMatches: reason } : rule;
  });
  return {
    rules: mergeAdjacent(rules),
    destinations: translated.flatMap(({ destinations }, index) =>
      never.has(index) ? [] : destinations,
    ),
    reasons: [...new Set(rules.flatMap(({ reasons }) => reasons.slice(0, 1)))],
    ...(rules.length > 0 &&
      !complete && {
        unmatched: {
          status: 404,
          reason: {
            rule: RULE,
            text: 'A host with rules gets only what they match; the rest is answered 404',
          },
        },
      }),
    ignored: selection.ignored,
  };
}

/** Matches of one rule that come to stand beside each other are shown as its alternatives. */
export function mergeAdjacent(rules: readonly RouteRule[]): RouteRule[] {
  const merged: RouteRule[] = [];
  for (const rule of rules) {
    const last = merged.at(-1);
    if (
      last?.name === rule.name &&
      last.matches.length > 0 &&
      rule.matches.length > 0 &&
      !last.neverMatches &&
      !rule.neverMatches
    ) {
      merged[merged.length - 1] = {
        ...last,
        matches: [...last.matches, ...rule.matches],
      };
    } else {
      merged.push(rule);
    }
  }
  return merged;
}
