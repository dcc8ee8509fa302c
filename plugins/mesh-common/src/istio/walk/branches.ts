import { Answer } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import { clusterSeenBy } from '../cluster/clusterSeenBy';
import { ProxyCluster } from '../cluster/cluster';
import { meshConfig } from '../meshConfig';
import { OutboundAnswer, OutboundDestination } from './call';
import { away } from '../../mesh/walk/away';
import { FoundBranch } from '../../mesh/walk/compose';
import { branchTo } from './destination';
import { destinationReasons, emptyEntry } from './destinationReasons';

import { endpointsOf } from './endpoints';
import { missingSubset } from './missingSubset';
import { NamedPlace } from './names';
import { resilienceStep } from './resilience';
import { seenBy } from './refusal';
import { step } from '../../mesh/walk/steps';
import { Way } from './way';

const RULE = 'istio/walk';

/**
 * What becomes of the shares of requests that a route gives to destinations: each has the cluster that the proxy that
 * routes knows for it, or fails for want of one.
 */
export function branchesOf(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
): FoundBranch[] {
  const sum = answer.destinations.reduce((all, { weight }) => all + weight, 0);
  return answer.destinations.flatMap(destination => {
    const percent = sum === 0 ? 0 : (destination.weight * 100) / sum;
    return branchesTo(way, place, answer, destination, percent);
  });
}

function branchesTo(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
  destination: OutboundDestination,
  percent: number,
): FoundBranch[] {
  const { host, port, subset, missing } = destination;
  if (missing) {
    return [missingBranch(way, destination, percent, missing)];
  }
  if (!host || !port || !way.proxy) {
    return [away(way.request, host ?? way.request.host, answer.reasons)];
  }
  const cluster = clusterSeenBy(
    way.snapshot,
    { host, port, ...(subset && { subset }) },
    way.proxy,
  );
  if (cluster.state === 'unknown') {
    return [unknownBranch(destination, percent, cluster.answer)];
  }
  if (cluster.state === 'missing') {
    return [
      missingBranch(way, destination, percent, {
        status: 503,
        reason: cluster.reasons[0] ?? { rule: RULE, text: 'There is none' },
      }),
    ];
  }
  const onward = { ...way, ...destinationView(way, cluster, destination) };
  const behind =
    cluster.service.service &&
    way.toWaypoint?.(onward, cluster.service.service);
  if (behind) {
    return behind.map(branch => ({
      ...branch,
      percent: (branch.percent * percent) / 100,
    }));
  }
  const found = endpointsIn(way, cluster);
  const { partial } = cluster;
  // Where there is none, one of those that are not known may be there.
  const endpoints =
    partial.length > 0 && !found?.some(({ ready }) => ready)
      ? undefined
      : found;
  if (isLeftToClient(cluster) && !endpoints?.length) {
    return [{ ...away(way.request, host, cluster.balancing.reasons), percent }];
  }
  const picked = pickedOf(place, cluster, endpoints);
  const reached = branchTo(onward, {
    percent,
    host,
    port,
    ...(subset && { subset }),
    endpoints: picked,
    reasons: [
      ...destinationReasons(way, cluster),
      ...(picked?.length === 0 ? emptyEntry(way, cluster) : []),
      ...partial,
    ],
  });
  const branch = withResilience(reached, resilienceStep(way, answer, cluster));
  return (
    way.toGateway?.(onward, branch, picked ?? []) ?? [
      { ...branch, ...(partial.length > 0 && { partial }) },
    ]
  );
}

function endpointsIn({ snapshot, proxy, client }: Way, cluster: ProxyCluster) {
  const mesh = meshConfig(snapshot);
  return mesh.state === 'read' && proxy
    ? endpointsOf(snapshot, cluster, {
        ...proxy,
        config: mesh.config,
        // A waypoint is another proxy than the client's.
        ...(proxy.proxy !== 'waypoint' && client.pod && { pod: client.pod }),
      })
    : undefined;
}

/** An address outside, which the client has looked up itself: a ServiceEntry with the resolution NONE. */
function isLeftToClient({ balancing, service }: ProxyCluster): boolean {
  return (
    balancing.resolution === 'original-destination' &&
    service.entry !== undefined
  );
}

/** A client that has named the pod comes to that one. */
function pickedOf(
  place: NamedPlace,
  { balancing }: ProxyCluster,
  endpoints: ReturnType<typeof endpointsOf>,
): ReturnType<typeof endpointsOf> {
  return place.is === 'pod' && balancing.resolution === 'original-destination'
    ? endpoints?.filter(
        ({ source }) => source?.kind === 'Pod' && source.object === place.pod,
      )
    : endpoints;
}

function destinationView(
  way: Way,
  { service, port, subset, host, tls }: ProxyCluster,
  { headers: { request } = {}, authority }: OutboundDestination,
): Partial<Way> {
  return {
    servicePort: port,
    sni: tls.sni ?? `outbound_.${port}_.${subset ?? ''}_.${host}`,
    headers: [...way.headers, ...(request ? [request] : [])],
    service: service.service,
    ...(authority !== undefined && { authority }),
  };
}

function withResilience(
  branch: WalkBranch,
  resilience: WalkStep | undefined,
): WalkBranch {
  return resilience
    ? { ...branch, steps: [...branch.steps, resilience] }
    : branch;
}

function missingBranch(
  way: Way,
  destination: OutboundDestination,
  percent: number,
  { status, reason }: NonNullable<OutboundDestination['missing']>,
): WalkBranch {
  const { reading } = way;
  const seen =
    reading === 'http' && status !== undefined && status !== 503
      ? { status }
      : seenBy('no-cluster', reading);
  return {
    percent,
    ...placeOf(destination),
    workloads: [],
    sends: 'fails',
    outcome: 'failed',
    ...seen,
    steps: [
      step('destination', 'ends', reason.text, [
        ...missingSubset(way, destination),
        reason,
      ]),
    ],
  };
}

function unknownBranch(
  destination: OutboundDestination,
  percent: number,
  answer: Answer<'unknown'>,
): WalkBranch {
  return {
    percent,
    ...placeOf(destination),
    workloads: [],
    sends: 'unknown',
    outcome: 'unknown',
    ...(answer.cause && { cause: answer.cause }),
    steps: [
      step(
        'destination',
        'unknown',
        answer.reasons[0]?.text ?? 'What the proxy has for it is not known',
        answer.reasons,
      ),
    ],
  };
}

function placeOf({
  host,
  port,
  subset,
}: OutboundDestination): Pick<WalkBranch, 'host' | 'port' | 'subset'> {
  return {
    ...(host && { host }),
    ...(port && { port }),
    ...(subset && { subset }),
  };
}
