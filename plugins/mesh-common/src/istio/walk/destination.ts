import { WorkloadRef } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import {
  atEndpoints,
  EndpointAnswer,
  EndpointGroup,
  endpointGroups,
  withoutEndpoint,
} from '../../mesh/walk/endpointGroups';
import { distinctWorkloads, workloadOfPod } from '../../mesh/workloads';
import { EndpointSource } from '../cluster/ServiceEndpoint';
import { podEnrolment } from '../enrolment';
import { WalkEndpoint } from './endpoints';
import { seenBy } from './refusal';
import { serverSide } from './serverSide';
import { step } from '../../mesh/walk/steps';
import { Way, wayAt } from './way';

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

type Group = EndpointGroup<WalkEndpoint, EndpointAnswer>;

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
  if (ready.length === 0) {
    return {
      ...place,
      ...withoutEndpoint(
        nameOf(target),
        endpoints.length,
        reasons,
        unreachable.length > 0 ? ' and on a network in reach' : '',
      ),
      ...seenBy('no-endpoint', way.reading),
    };
  }
  const groups = endpointGroups(
    ready,
    endpoint => keyOf(way, endpoint),
    endpoint => serverSide(wayAt(way, endpoint.cluster), endpoint),
    ({ outcome, status, flag }, { added: { tls } }) =>
      JSON.stringify([outcome, status, flag, tls]),
  );
  return {
    ...place,
    workloads: workloadsOf(way, ready),
    sends: sendsOf(groups),
    ...atEndpoints(
      nameOf(target),
      { ready: ready.length, total: endpoints.length },
      groups,
      reasons,
    ),
  };
}

function nameOf({ host, port, subset }: Target): string {
  const place = `${host ?? 'the destination'}${port ? `:${port}` : ''}`;
  return subset ? `${place}, subset ${subset}` : place;
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
  return distinctWorkloads(refs);
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
