import { Reason } from '../../contract/common';
import { RouteBackend } from '../../contract/routing';
import { WalkStep } from '../../contract/walk';
import { away } from '../../mesh/walk/away';
import { Found, FoundBranch } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { because } from '../../mesh/answers';
import { routeName } from '../linkerdRoutes';
import { OutboundBackend, OutboundPolicy } from '../outbound/policy';
import {
  OutboundRequest,
  TakenMatch,
  takenOutboundRule,
} from '../outbound/takenRule';
import { ruleBackends } from '../routeBackends';
import { FilterContent, HeaderChanges } from '../ruleContent';
import { nothingTakes, outside, refused } from './endings';
import { Redirected, redirectedBy } from './redirect';
import {
  commonRedirect,
  redirectedBranch,
  redirectedFound,
} from './redirectEndings';
import { Resilience, resilienceStep } from './resilience';
import { breakingOf, settingsOf } from './ruleResilience';
import { serviceBranches } from './serviceBranches';
import { statusFor, Way } from './way';

const RULE = 'linkerd/walk/route';

/** Where a rule sends to, and what it does on the way. */
export interface Routed extends Resilience {
  name: string;
  reasons: Reason[];
  backends: readonly RoutedBackend[];
  headers: readonly HeaderChanges[];
}

interface RoutedBackend extends RouteBackend {
  /** What is done to its share only. */
  headers?: readonly HeaderChanges[];
  redirected?: Redirected;
}

/** What becomes of a request by the policy of its destination: the rule that takes it, and where that sends it. */
export function policyWalk(
  way: Way,
  policy: OutboundPolicy,
  request: OutboundRequest,
): Found {
  const taken = takenOutboundRule(policy, request);
  const { snapshot } = way;
  switch (taken.by) {
    case 'nothing':
      return nothingTakes(way, policy);
    case 'refusal':
      return refused(way, policy);
    case 'default':
      return policy.parent.kind === 'Service'
        ? routed(way, {
            ...settingsOf(way, policy, taken.rule),
            name: 'No rule decides: the request goes to the Service itself',
            reasons: [...policy.reasons, ...policy.ignored],
            backends: [backendOf(way, policy)],
            headers: [],
            ...breakingOf(way, policy),
          })
        : outside(way, policy, taken.route.name);
    default: {
      const { route, index, rule, match } = taken;
      const name = `${routeName(route.route)} rules[${index}]`;
      const reason = because(RULE, `${name} takes the request`, {
        snapshot,
        kind: route.route.kind,
        object: route.route.route,
        field: `spec.rules[${index}]`,
      });
      const redirected = match && redirectedBy(way, rule.filters, match);
      if (redirected) {
        return redirectedFound(way, name, redirected, reason);
      }
      const { backends, reasons } = ruleBackends(
        snapshot,
        route.route,
        index,
        rule,
      );
      const settings = settingsOf(way, policy, rule);
      return routed(way, {
        ...settings,
        name,
        reasons: [reason, ...reasons, ...settings.reasons],
        backends: backends.map((backend, place) => ({
          ...backend,
          ...leavingCluster(way, rule.backends[place]),
          ...backendFilters(way, rule.backends[place].filters, match),
        })),
        headers: requestChanges(rule.filters),
        ...breakingOf(way, policy),
      });
    }
  }
}

/** What is done to the share of one backend only. */
function backendFilters(
  way: Way,
  filters: readonly FilterContent[],
  match: TakenMatch | undefined,
): Pick<RoutedBackend, 'headers' | 'redirected'> {
  const redirected = match && redirectedBy(way, filters, match);
  return {
    headers: requestChanges(filters),
    ...(redirected && { redirected }),
  };
}

function requestChanges(filters: readonly FilterContent[]): HeaderChanges[] {
  return filters.flatMap(filter =>
    'requestHeaders' in filter ? [filter.requestHeaders] : [],
  );
}

/** What goes to an EgressNetwork goes to where it was sent to. */
function leavingCluster(
  { request }: Way,
  { target }: OutboundBackend,
): Partial<RouteBackend> {
  return target?.kind === 'EgressNetwork' ? { host: request.host } : {};
}

/** A request that is sent on, and what holds on the way. */
export function routed(way: Way, rule: Routed): Found {
  const { name, reasons, backends, headers } = rule;
  const { timeout, responseMs, retries } = rule;
  const carried = { ...way, headers: [...way.headers, ...headers] };
  const resilience = resilienceStep(way.reading, rule);
  const isHttp = way.reading === 'http';
  if (backends.every(({ percent }) => percent === 0)) {
    return {
      steps: [
        step(
          'route',
          'ends',
          `${name}: all backends have the weight 0, and what it takes fails`,
          reasons,
        ),
      ],
      branches: [],
      ending: { outcome: 'failed', status: statusFor(way, 500) },
    };
  }
  return {
    steps: [step('route', 'ok', name, reasons)],
    branches: backends.flatMap(backend =>
      branchesOf(carried, backend).map(branch => withStep(branch, resilience)),
    ),
    ...(isHttp && timeout && { timeoutMs: timeout.ms }),
    ...(isHttp &&
      responseMs !== undefined && { responseTimeoutMs: responseMs }),
    ...(isHttp &&
      retries && {
        retries: {
          attempts: retries.attempts,
          ...(retries.perTryTimeoutMs !== undefined && {
            perTryTimeoutMs: retries.perTryTimeoutMs,
          }),
          on: retries.on,
          codes: [],
          isDefault: false,
        },
      }),
    ...changesOf(headers),
    ...commonRedirect(backends),
  };
}

function changesOf(
  headers: readonly HeaderChanges[],
): Pick<Found, 'requestHeaders'> {
  if (headers.length === 0) {
    return {};
  }
  const set = Object.fromEntries(headers.flatMap(one => one.set));
  const add = Object.fromEntries(headers.flatMap(one => one.add));
  const remove = headers.flatMap(one => one.remove);
  return {
    requestHeaders: {
      ...(Object.keys(set).length > 0 && { set }),
      ...(Object.keys(add).length > 0 && { add }),
      ...(remove.length > 0 && { remove }),
    },
  };
}

function branchesOf(
  before: Way,
  {
    host,
    service: ref,
    port = before.request.port,
    percent,
    missing,
    headers = [],
    redirected,
  }: RoutedBackend,
): FoundBranch[] {
  const way = { ...before, headers: [...before.headers, ...headers] };
  if (missing) {
    return [
      {
        percent,
        host,
        port,
        workloads: [],
        sends: 'fails',
        outcome: 'failed',
        status: statusFor(way, missing.status),
        steps: [
          step('destination', 'ends', missing.reason.text, [missing.reason]),
        ],
      },
    ];
  }
  if (redirected) {
    return [redirectedBranch(way, { percent, host, port }, redirected)];
  }
  const service = ref && way.snapshot.get('Service', ref.namespace, ref.name);
  if (!service) {
    return [{ ...away(way.request, host, []), percent }];
  }
  const found = service.spec.ports.find(one => one.port === port);
  return serviceBranches(way, {
    percent,
    host,
    port,
    service,
    servicePort: found,
    reasons: [
      because(RULE, `The endpoints are those of ${host}`, {
        snapshot: way.snapshot,
        kind: 'Service',
        object: service,
        field: found ? 'spec.selector' : 'spec.ports',
      }),
    ],
  });
}

function withStep(
  branch: FoundBranch,
  more: WalkStep | undefined,
): FoundBranch {
  return more ? { ...branch, steps: [...branch.steps, more] } : branch;
}

function backendOf({ snapshot }: Way, { parent, port }: OutboundPolicy) {
  const { namespace, name } =
    parent.kind === 'Service' ? parent : { namespace: '', name: '' };
  return {
    host: `${name}.${namespace}`,
    service: { cluster: snapshot.cluster, namespace, name },
    port,
    percent: 100,
  };
}
