import { ServiceRef, WorkloadRef } from '../contract/common';
import { ObservedRoutes } from '../contract/observedRouting';
import {
  DestinationPolicy,
  PortRoutes,
  RouteBackend,
  RouteRule,
  ServiceRoutes,
} from '../contract/routing';
import { hasLabels } from '../kubernetes/selectors';
import { ServiceTraffic } from './query';
import { percentOf, sumOf } from './shares';

type Flow = ServiceTraffic['flows'][number];
/**
 * The labels of a sample, by name.
 *
 * @public
 */
export type Labels = Readonly<Record<string, string>>;

/**
 * What the metrics do not tell, and the objects do.
 *
 * @public
 */
export interface TrafficContext {
  /** The labels of a workload's pods, by which subsets are told apart. */
  labelsOf(workload: WorkloadRef): Labels | undefined;
}

const WENT_ELSEWHERE = 'Requests went where no weight is written for them';

type Comparisons = Pick<ObservedRoutes, 'attributed' | 'notAttributed'>;
type Attributed = ObservedRoutes['attributed'][number];

/** Compares the splits of rules that alone can have produced them with the weights that are written. */
export function compareWithRules(
  routes: ServiceRoutes,
  flows: readonly Flow[],
  context: TrafficContext,
): Comparisons {
  const reasons = new Set<string>();
  const produced = new Map<RouteRule, { found: FoundRule; flows: Flow[] }>();
  const ambiguous = new Set<RouteRule>();
  for (const flow of flows) {
    const { rules, why } = rulesOf(routes, flow, context);
    if (rules.length === 1) {
      const [found] = rules;
      const entry = produced.get(found.rule) ?? { found, flows: [] };
      entry.flows.push(flow);
      produced.set(found.rule, entry);
    } else {
      reasons.add(why);
      rules.forEach(({ rule }) => ambiguous.add(rule));
    }
  }
  const attributed: Attributed[] = [];
  for (const { found, flows: own } of produced.values()) {
    // A rule that may have sent other requests too is known in part only.
    if (!ambiguous.has(found.rule)) {
      const result = compareRule(found, own, context);
      if (typeof result === 'string') {
        reasons.add(result);
      } else {
        attributed.push(result);
      }
    }
  }
  attributed.sort((a, b) => a.port - b.port || a.rule - b.rule);
  return attributed.length > 0
    ? { attributed }
    : { attributed, notAttributed: [...reasons].join('. ') };
}

interface FoundRule {
  port: PortRoutes;
  index: number;
  rule: RouteRule;
}

/** The rules that can have produced these requests, and what to say where they are not one. */
function rulesOf(
  { ports }: ServiceRoutes,
  flow: Flow,
  context: TrafficContext,
): { rules: FoundRule[]; why: string } {
  const { route, port } = flow;
  const reachable = ports
    .filter(
      candidate =>
        candidate.routing.value === 'rules' &&
        (port === undefined || candidate.port === port),
    )
    .flatMap(candidate =>
      candidate.rules.map((rule, index) => ({ port: candidate, index, rule })),
    )
    .filter(
      ({ rule }) =>
        !rule.neverMatches && (route === undefined || isOf(rule, route)),
    );
  if (reachable.length === 0) {
    return {
      rules: [],
      why:
        route === undefined
          ? 'No rule decides where requests go'
          : `The metric names ${route}, which is none of the routes that apply now`,
    };
  }
  if (reachable.length === 1) {
    return { rules: reachable, why: '' };
  }
  const rules = reachable.filter(found => maySend(found, flow, context));
  if (rules.length === 0) {
    return { rules, why: WENT_ELSEWHERE };
  }
  return {
    rules,
    why:
      route === undefined
        ? 'The metric does not name the route, and several rules lead to the same backends'
        : `Several rules of ${route} lead to the same backends`,
  };
}

/** Whether a rule can have sent (or mirrored) requests to where these went. */
function maySend(
  { rule, port }: FoundRule,
  flow: Flow,
  context: TrafficContext,
): boolean {
  const hosts = new Set(
    port.rules.flatMap(({ backends }) => backends.map(({ host }) => host)),
  );
  // What is mirrored to other hosts is not among these requests.
  const mirrors = rule.mirrors.filter(({ host }) => hosts.has(host));
  return [...rule.backends, ...mirrors].some(backend =>
    mayBe(flow, backend, port.destinations, context),
  );
}

/** Whether a rule is written in a route, as its name says: `HTTPRoute shop/web rules[0]`. */
function isOf({ name }: RouteRule, route: string): boolean {
  return name === route || name.startsWith(`${route} `);
}

function compareRule(
  { port, index, rule }: FoundRule,
  flows: readonly Flow[],
  context: TrafficContext,
): Attributed | string {
  if (rule.backends.length === 0) {
    return 'The rule forwards nothing';
  }
  if (rule.mirrors.length > 0) {
    return 'Mirrored requests cannot be told from others';
  }
  const counts = rule.backends.map(() => 0);
  for (const flow of flows) {
    const matches = rule.backends.flatMap((backend, place) =>
      mayBe(flow, backend, port.destinations, context) ? place : [],
    );
    if (matches.length !== 1) {
      return matches.length === 0
        ? WENT_ELSEWHERE
        : 'The metric does not tell the backends of the rule apart';
    }
    counts[matches[0]] += flow.requests;
  }
  const requests = sumOf(flows);
  const difference = differenceOf(rule.backends, counts, requests);
  return {
    port: port.port,
    rule: index,
    requests,
    backends: counts.map(count => ({
      requests: count,
      percent: percentOf(count, requests),
    })),
    ...(difference && { difference }),
  };
}

/** Whether requests can have gone to this backend, by what the metric tells. */
function mayBe(
  { workload, backend: seen, version }: Flow,
  { service, host, subset }: Pick<RouteBackend, 'service' | 'host' | 'subset'>,
  destinations: readonly DestinationPolicy[],
  { labelsOf }: TrafficContext,
): boolean {
  if (seen && service && !isSameService(seen, service)) {
    return false;
  }
  if (subset === undefined) {
    return true;
  }
  const wanted = destinations.find(
    candidate => candidate.host === host && candidate.subset === subset,
  )?.labels;
  const labels = workload && labelsOf(workload);
  if (!wanted || Object.keys(wanted).length === 0) {
    return true;
  }
  if (labels) {
    return hasLabels(labels, wanted);
  }
  return version === undefined || hasLabels({ version }, wanted);
}

function isSameService(a: ServiceRef, b: ServiceRef): boolean {
  return (
    a.cluster === b.cluster && a.namespace === b.namespace && a.name === b.name
  );
}

/** Shares that chance alone would make more often than once in a thousand times are no difference. */
const SIGNIFICANT = 3.29;
/** Differences that nobody would act on are none either. */
const MIN_DIFFERENCE_PERCENT = 1;

function differenceOf(
  backends: readonly RouteBackend[],
  counts: readonly number[],
  requests: number,
): string | undefined {
  const differences = backends.flatMap((backend, place) => {
    const seen = percentOf(counts[place], requests);
    const expected = backend.percent / 100;
    const chance =
      100 * SIGNIFICANT * Math.sqrt((expected * (1 - expected)) / requests);
    const distance = Math.abs(seen - backend.percent);
    return distance > chance && distance >= MIN_DIFFERENCE_PERCENT
      ? `${nameOf(backend)} got ${rounded(seen)} %, and ${rounded(
          backend.percent,
        )} % is written for it`
      : [];
  });
  return differences.length > 0
    ? `Of ${Math.round(requests)} requests ${differences.join('; ')}`
    : undefined;
}

function nameOf({ subset, service, host }: RouteBackend): string {
  return subset ?? service?.name ?? host;
}

function rounded(percent: number): string {
  return String(Math.round(percent * 10) / 10);
}
