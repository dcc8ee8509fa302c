import { Reason } from '../../contract/common';
import { WalkBranch } from '../../contract/walk';
import { FoundBranch } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import {
  atEndpoints,
  EndpointGroup,
  endpointGroups,
  withoutEndpoint,
} from '../../mesh/walk/endpointGroups';
import { distinctWorkloads, workloadOfPod } from '../../mesh/workloads';
import { podEnrolment } from '../enrolment';
import { UnknownEndpoints, WalkEndpoint } from './endpoints';
import { serverSide } from './server';
import { ServerAnswer, statusFor, Way } from './way';

/** Where a share of the requests goes. */
export interface Target {
  percent: number;
  host: string;
  port: number;
  /** Or why they are not known. */
  endpoints: readonly WalkEndpoint[] | UnknownEndpoints;
  reasons: readonly Reason[];
  /** What is not known of endpoints on other clusters. */
  partial?: readonly Reason[];
}

type Group = EndpointGroup<WalkEndpoint, ServerAnswer>;

/** A balancer without endpoints fails fast. */
const UNAVAILABLE = 503;

/**
 * What becomes of the requests that fall on a destination. Each endpoint that is ready may get one; those of a workload
 * are looked at once. Where some answer and others do not, it depends on which one is picked.
 */
export function branchTo(way: Way, target: Target): FoundBranch {
  const { percent, host, port, endpoints, reasons, partial = [] } = target;
  const place = { percent, host, port, ...(partial.length > 0 && { partial }) };
  const name = `${host}:${port}`;
  if ('reason' in endpoints) {
    return {
      ...place,
      workloads: [],
      sends: 'unknown',
      outcome: 'unknown',
      cause: endpoints.cause,
      steps: [
        step(
          'destination',
          'unknown',
          `The endpoints of ${name} are not known: ${endpoints.reason.text}`,
          [endpoints.reason, ...reasons],
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
    keyOf,
    endpoint => serverSide(way, endpoint),
    ({ outcome, status, sends }) => JSON.stringify([outcome, status, sends]),
  );
  const identity = groups[0].answer.identity;
  return {
    ...place,
    workloads: workloadsOf(ready),
    sends: worstOf(groups),
    ...(identity &&
      groups.every(({ answer }) => answer.identity === identity) && {
        peerIdentity: identity,
      }),
    ...atEndpoints(
      name,
      { ready: ready.length, total: endpoints.length },
      groups,
      reasons,
    ),
  };
}

function keyOf(endpoint: WalkEndpoint): string {
  if ('external' in endpoint) {
    const { metadata } = endpoint.external;
    return [endpoint.on.cluster, 'ExternalWorkload', metadata.name].join('/');
  }
  const { on, pod, port } = endpoint;
  const { cluster, kind, namespace, name } = workloadOfPod(on, pod).ref;
  const { mode } = podEnrolment(on, pod);
  return [cluster, kind, namespace, name, mode.value, port].join('/');
}

/** Workloads outside Kubernetes are none of the catalog's, and the step of each names it. */
function workloadsOf(
  endpoints: readonly WalkEndpoint[],
): WalkBranch['workloads'] {
  const refs = endpoints.flatMap(endpoint =>
    'pod' in endpoint ? workloadOfPod(endpoint.on, endpoint.pod).ref : [],
  );
  return distinctWorkloads(refs);
}

const WORST_FIRST = ['unknown', 'fails', 'plaintext', 'tls', 'mtls'] as const;

function worstOf(groups: readonly Group[]): WalkBranch['sends'] {
  const all = groups.map(({ answer }) => answer.sends);
  return WORST_FIRST.find(sends => all.includes(sends)) ?? 'unknown';
}
