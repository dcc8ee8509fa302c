import { WorkloadRef } from '../contract/common';
import { ObservedRoutes, ObservedSplit } from '../contract/observedRouting';
import { ServiceRoutes } from '../contract/routing';
import { ServiceTraffic } from './query';
import { compareWithRules, TrafficContext } from './routeAttribution';
import { percentOf, sumOf } from './shares';

type Flow = ServiceTraffic['flows'][number];

/**
 * Where the requests to a Service went, and what that says about the weights that are written. A split is
 * compared with the rule that alone can have produced it: the one whose route the metric names, the only one
 * that can be reached, or the only one that leads there. Callers are told apart; who of them may be named is
 * for others to decide.
 *
 * @public
 */
export function observedRoutes(
  routes: ServiceRoutes,
  traffic: ServiceTraffic,
  context: TrafficContext,
): ObservedRoutes {
  const flows = traffic.flows.filter(({ requests }) => requests > 0);
  const common = { service: routes.service, hiddenCallers: 0 };
  if (flows.length === 0) {
    return { ...common, state: 'no-traffic', splits: [], attributed: [] };
  }
  const comparisons = compareWithRules(routes, flows, context);
  return {
    ...common,
    state: 'measured',
    splits: [splitOf(flows), ...splitsByCaller(flows)],
    ...comparisons,
  };
}

function splitsByCaller(flows: readonly Flow[]): ObservedSplit[] {
  const callers = [
    ...groupBy(
      flows.filter(({ caller }) => caller),
      ({ caller }) => JSON.stringify(caller),
    ).values(),
  ];
  return callers
    .map(group => splitOf(group, group[0].caller))
    .sort((a, b) => b.requests - a.requests);
}

function splitOf(flows: readonly Flow[], caller?: WorkloadRef): ObservedSplit {
  const requests = sumOf(flows);
  const backends = [
    ...groupBy(flows, ({ workload, backend, version }) =>
      JSON.stringify([workload, backend, version]),
    ).values(),
  ].map(group => {
    const [{ workload, backend, version }] = group;
    return {
      ...(workload && { workload }),
      ...(backend && { service: backend }),
      ...(version && { version }),
      requests: sumOf(group),
      percent: percentOf(sumOf(group), requests),
    };
  });
  return {
    ...(caller && { caller }),
    requests,
    backends: backends.sort((a, b) => b.requests - a.requests),
  };
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) {
      group.push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
}
