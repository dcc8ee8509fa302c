import { WorkloadRef } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import { workloadOfPod } from '../../mesh/workloads';
import { EndpointSource } from '../cluster/ServiceEndpoint';
import { podEnrolment } from '../enrolment';
import { WalkEndpoint } from './endpoints';
import { seenBy } from './refusal';
import { serverSide } from './serverSide';
import { Ending, ServerAnswer, step, Way, wayAt } from './way';

/** Where a share of the requests goes. */
export interface Target {
  percent: number;
  host?: string;
  port?: number;
  subset?: string;
  /** Undefined: not known. */
  endpoints: readonly WalkEndpoint[] | undefined;
  /** What chose it, and why the endpoints are these. */
  reasons: WalkStep['reasons'];
}

/** Endpoints that a request meets in the same way. */
interface Group {
  endpoints: WalkEndpoint[];
  answer: ServerAnswer;
}

/**
 * What becomes of the requests that fall on a destination. Each of the endpoints that are ready may get one; those
 * of one workload that are reached in the same way are looked at once. Where some answer and others do not, it
 * depends on which one is picked.
 */
export function branchTo(way: Way, target: Target): WalkBranch {
  const { percent, host, port, subset, endpoints } = target;
  const place = {
    percent,
    ...(host && { host }),
    ...(port && { port }),
    ...(subset && { subset }),
  };
  if (!endpoints) {
    return {
      ...place,
      workloads: [],
      sends: 'unknown',
      outcome: 'unknown',
      steps: [
        step(
          'destination',
          'unknown',
          `The endpoints of ${nameOf(target)} are not known`,
          target.reasons,
        ),
      ],
    };
  }
  const ready = endpoints.filter(
    endpoint => endpoint.ready && !endpoint.unreachable,
  );
  const unreachable = endpoints.flatMap(one => one.unreachable ?? []);
  const reasons = [...target.reasons, ...unreachable.slice(0, 1)];
  const counts = {
    endpoints: { ready: ready.length, total: endpoints.length },
  };
  if (ready.length === 0) {
    const seen = seenBy('no-endpoint', way.reading);
    return {
      ...place,
      ...counts,
      workloads: [],
      sends: 'fails',
      outcome: 'failed',
      ...seen,
      steps: [
        step(
          'destination',
          'ends',
          `${nameOf(target)}: ${
            endpoints.length === 0
              ? 'there are no endpoints'
              : `none of ${endpoints.length} endpoints is ready${
                  unreachable.length > 0 ? ' and on a network in reach' : ''
                }`
          }`,
          reasons,
        ),
      ],
    };
  }
  const groups = groupsOf(way, ready);
  const [first] = groups;
  return {
    ...place,
    ...counts,
    workloads: workloadsOf(way, ready),
    sends: sendsOf(groups),
    ...(groups.length === 1 &&
      first.answer.authorization && {
        authorization: first.answer.authorization,
      }),
    ...endingOf(groups),
    steps: [
      step(
        'destination',
        'ok',
        `${nameOf(target)}: ${ready.length} of ${
          endpoints.length
        } endpoints ready`,
        reasons,
      ),
      ...stepsOf(groups, ready.length),
    ],
  };
}

function nameOf({ host, port, subset }: Target): string {
  const place = `${host ?? 'the destination'}${port ? `:${port}` : ''}`;
  return subset ? `${place}, subset ${subset}` : place;
}

function groupsOf(way: Way, endpoints: readonly WalkEndpoint[]): Group[] {
  const byWay = new Map<string, WalkEndpoint[]>();
  for (const endpoint of endpoints) {
    const key = keyOf(way, endpoint);
    const known = byWay.get(key);
    if (known) {
      known.push(endpoint);
    } else {
      byWay.set(key, [endpoint]);
    }
  }
  const byEnding = new Map<string, Group>();
  for (const alike of byWay.values()) {
    const answer = serverSide(wayAt(way, alike[0].cluster), alike[0]);
    const { outcome, status, flag } = answer;
    const key = JSON.stringify([outcome, status, flag, alike[0].added.tls]);
    const known = byEnding.get(key);
    if (known) {
      known.endpoints.push(...alike);
    } else {
      byEnding.set(key, { endpoints: [...alike], answer });
    }
  }
  return [...byEnding.values()].sort(
    (a, b) => b.endpoints.length - a.endpoints.length,
  );
}

function keyOf(
  way: Way,
  { source, cluster, port, added }: WalkEndpoint,
): string {
  const { snapshot } = wayAt(way, cluster);
  if (source?.kind !== 'Pod') {
    return JSON.stringify([
      source?.kind,
      source && placeOfEntry(source),
      port,
      added.tls,
    ]);
  }
  const { kind, namespace, name } = workloadOfPod(snapshot, source.object).ref;
  const { mode } = podEnrolment(snapshot, source.object);
  return JSON.stringify([
    snapshot.cluster,
    kind,
    namespace,
    name,
    mode.value,
    port,
    added.tls,
  ]);
}

/** Policies may tell entries apart. */
function placeOfEntry(source: EndpointSource): string {
  const { namespace = '', name } = source.object.metadata;
  return `${namespace}/${name}${'field' in source ? `/${source.field}` : ''}`;
}

function workloadsOf(
  way: Way,
  endpoints: readonly WalkEndpoint[],
): WorkloadRef[] {
  const refs = endpoints.flatMap(({ source, cluster }) =>
    source?.kind === 'Pod'
      ? [workloadOfPod(wayAt(way, cluster).snapshot, source.object).ref]
      : [],
  );
  return [
    ...new Map(
      refs.map(ref => [
        `${ref.cluster}/${ref.namespace}/${ref.kind}/${ref.name}`,
        ref,
      ]),
    ).values(),
  ];
}

/** The worst of what goes over the wire. */
function sendsOf(groups: readonly Group[]): WalkBranch['sends'] {
  const all = groups.map(({ endpoints: [{ added }] }) => added.tls);
  const worst = (['unknown', 'none', 'other', 'mesh'] as const).find(tls =>
    all.includes(tls),
  );
  switch (worst) {
    case 'mesh':
      return 'mtls';
    case 'other':
      return 'tls';
    case 'none':
      return 'plaintext';
    default:
      return 'unknown';
  }
}

function endingOf(groups: readonly Group[]): Ending {
  const [first] = groups;
  const same = groups.every(
    ({ answer: { outcome, status } }) =>
      outcome === first.answer.outcome && status === first.answer.status,
  );
  if (same) {
    const { outcome, cause, status, flag } = first.answer;
    return {
      outcome,
      ...(cause && { cause }),
      ...(status !== undefined && { status }),
      ...(flag && { flag }),
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
  if (groups.length === 1) {
    return groups[0].answer.steps;
  }
  return groups.flatMap(({ endpoints, answer }) =>
    answer.steps.map(one => ({
      ...one,
      ...(one.result === 'ends' && { result: 'depends' as const }),
      text: `at ${endpoints.length} of ${ready} endpoints: ${one.text}`,
    })),
  );
}
