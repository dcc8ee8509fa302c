import { Reason } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import { step } from '../../istio/walk/way';
import { workloadOfPod } from '../../mesh/workloads';
import { podEnrolment } from '../enrolment';
import { WalkEndpoint } from './endpoints';
import { serverSide } from './server';
import { ServerAnswer, statusFor, Way } from './way';

/** Where a share of the requests goes. */
export interface Target {
  percent: number;
  host: string;
  port: number;
  /** Or why they are not known. */
  endpoints: readonly WalkEndpoint[] | Reason;
  reasons: readonly Reason[];
}

/** Endpoints that a request meets in the same way. */
interface Group {
  endpoints: WalkEndpoint[];
  answer: ServerAnswer;
}

/** A balancer without endpoints fails fast. */
const UNAVAILABLE = 503;

/**
 * What becomes of the requests that fall on a destination. Each endpoint that is ready may get one; those of a workload
 * are looked at once. Where some answer and others do not, it depends on which one is picked.
 */
export function branchTo(way: Way, target: Target): WalkBranch {
  const { percent, host, port, endpoints, reasons } = target;
  const place = { percent, host, port };
  const name = `${host}:${port}`;
  if ('rule' in endpoints) {
    return {
      ...place,
      workloads: [],
      sends: 'unknown',
      outcome: 'unknown',
      cause: 'not-modelled',
      steps: [
        step(
          'destination',
          'unknown',
          `The endpoints of ${name} are not known: ${endpoints.text}`,
          [endpoints, ...reasons],
        ),
      ],
    };
  }
  const ready = endpoints.filter(endpoint => endpoint.ready);
  const counts = {
    endpoints: { ready: ready.length, total: endpoints.length },
  };
  if (ready.length === 0) {
    const none =
      endpoints.length === 0
        ? 'there are no endpoints'
        : `none of ${endpoints.length} endpoints is ready`;
    return {
      ...place,
      ...counts,
      workloads: [],
      sends: 'fails',
      outcome: 'failed',
      status: statusFor(way, UNAVAILABLE),
      steps: [step('destination', 'ends', `${name}: ${none}`, reasons)],
    };
  }
  const groups = groupsOf(way, ready);
  const [first] = groups;
  return {
    ...place,
    ...counts,
    workloads: workloadsOf(way, ready),
    sends: worstOf(groups),
    ...(groups.length === 1 &&
      first.answer.authorization && {
        authorization: first.answer.authorization,
      }),
    ...endingOf(groups),
    steps: [
      step(
        'destination',
        'ok',
        `${name}: ${ready.length} of ${endpoints.length} endpoints ready`,
        reasons,
      ),
      ...stepsOf(groups, ready.length),
    ],
  };
}

function groupsOf(way: Way, endpoints: readonly WalkEndpoint[]): Group[] {
  const alike = new Map<string, WalkEndpoint[]>();
  for (const endpoint of endpoints) {
    const { kind, namespace, name } = workloadOfPod(
      way.snapshot,
      endpoint.pod,
    ).ref;
    const { mode } = podEnrolment(way.snapshot, endpoint.pod);
    const key = [kind, namespace, name, mode.value, endpoint.port].join('/');
    alike.set(key, [...(alike.get(key) ?? []), endpoint]);
  }
  const byEnding = new Map<string, Group>();
  for (const group of alike.values()) {
    const answer = serverSide(way, group[0]);
    const { outcome, status, sends } = answer;
    const key = JSON.stringify([outcome, status, sends]);
    const known = byEnding.get(key);
    if (known) {
      known.endpoints.push(...group);
    } else {
      byEnding.set(key, { endpoints: [...group], answer });
    }
  }
  return [...byEnding.values()].sort(
    (a, b) => b.endpoints.length - a.endpoints.length,
  );
}

function workloadsOf(
  { snapshot }: Way,
  endpoints: readonly WalkEndpoint[],
): WalkBranch['workloads'] {
  const refs = endpoints.map(({ pod }) => workloadOfPod(snapshot, pod).ref);
  return [
    ...new Map(
      refs.map(ref => [`${ref.namespace}/${ref.kind}/${ref.name}`, ref]),
    ).values(),
  ];
}

const WORST_FIRST = ['unknown', 'fails', 'plaintext', 'tls', 'mtls'] as const;

function worstOf(groups: readonly Group[]): WalkBranch['sends'] {
  const all = groups.map(({ answer }) => answer.sends);
  return WORST_FIRST.find(sends => all.includes(sends)) ?? 'unknown';
}

function endingOf(
  groups: readonly Group[],
): Pick<WalkBranch, 'outcome' | 'status' | 'cause'> {
  const [{ answer: first }] = groups;
  const same = groups.every(
    ({ answer }) =>
      answer.outcome === first.outcome && answer.status === first.status,
  );
  const { outcome, status, cause } = first;
  if (same) {
    return {
      outcome,
      ...(status !== undefined && { status }),
      ...(cause && { cause }),
    };
  }
  const unread = groups.find(({ answer }) => answer.outcome === 'unknown');
  return unread
    ? {
        outcome: 'unknown',
        ...(unread.answer.cause && { cause: unread.answer.cause }),
      }
    : { outcome: 'depends' };
}

/** Of endpoints that differ each step says how many it is about. */
function stepsOf(groups: readonly Group[], ready: number): WalkStep[] {
  return groups.length === 1
    ? groups[0].answer.steps
    : groups.flatMap(({ endpoints, answer }) =>
        answer.steps.map(one => ({
          ...one,
          ...(one.result === 'ends' && { result: 'depends' as const }),
          text: `at ${endpoints.length} of ${ready} endpoints: ${one.text}`,
        })),
      );
}

/** The request leaves what the mesh knows. */
export function away(
  { request }: Way,
  host: string,
  reasons: readonly Reason[],
): WalkBranch {
  return {
    percent: 100,
    host,
    port: request.port,
    workloads: [],
    sends: request.protocol === 'tls' ? 'tls' : 'plaintext',
    outcome: 'unmeshed',
    steps: [
      step(
        'destination',
        'ok',
        `${host}:${request.port}, past the mesh, which says nothing of what comes of it`,
        reasons,
      ),
    ],
  };
}
