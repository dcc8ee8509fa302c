import { Reason } from '../../contract/common';
import { WalkBranch } from '../../contract/walk';
import { step } from '../../mesh/walk/steps';
import {
  atEndpoints,
  EndpointGroup,
  endpointGroups,
  withoutEndpoint,
} from '../../mesh/walk/endpointGroups';
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

type Group = EndpointGroup<WalkEndpoint, ServerAnswer>;

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
  if (ready.length === 0) {
    return {
      ...place,
      ...withoutEndpoint(name, endpoints.length, reasons),
      status: statusFor(way, UNAVAILABLE),
    };
  }
  const groups = endpointGroups(
    ready,
    endpoint => keyOf(way, endpoint),
    endpoint => serverSide(way, endpoint),
    ({ outcome, status, sends }) => JSON.stringify([outcome, status, sends]),
  );
  return {
    ...place,
    workloads: workloadsOf(way, ready),
    sends: worstOf(groups),
    ...atEndpoints(
      name,
      { ready: ready.length, total: endpoints.length },
      groups,
      reasons,
    ),
  };
}

function keyOf({ snapshot }: Way, { pod, port }: WalkEndpoint): string {
  const { kind, namespace, name } = workloadOfPod(snapshot, pod).ref;
  const { mode } = podEnrolment(snapshot, pod);
  return [kind, namespace, name, mode.value, port].join('/');
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
