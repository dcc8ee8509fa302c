import { Answer } from '../../contract/common';
import { WalkAnswer, WalkBranch, WalkStep } from '../../contract/walk';
import { clusterSeenBy } from '../cluster/clusterSeenBy';
import { ProxyCluster } from '../cluster/cluster';
import { meshConfig } from '../meshConfig';
import { OutboundAnswer, OutboundDestination } from './call';
import { Found } from './compose';
import { branchTo } from './destination';
import { away, directBranch } from './direct';
import { endpointsOf } from './endpoints';
import { missingSubset } from './missingSubset';
import { NamedPlace } from './names';
import { resilienceStep } from './resilience';
import { faultOf, routeStep } from './routeStep';
import { Seen, seenBy } from './refusal';
import { step, Way } from './way';

const RULE = 'istio/walk';

/**
 * What becomes of a request that a proxy on the client's side routes: it ends there, goes on as it is, or is shared
 * among destinations. What the route injects comes before all of them.
 */
export function proxied(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
): Found {
  const route = routeStep(way.snapshot, answer);
  const fault = faultOf(way.snapshot, answer);
  const steps = [route, ...(fault ? [fault.step] : [])];
  const common = {
    ...(fault?.delay && { delay: fault.delay }),
    ...(answer.timeoutMs !== undefined && { timeoutMs: answer.timeoutMs }),
    ...rewriteOf(answer),
  };
  if (fault?.ending) {
    return { ...common, steps, branches: [], ending: fault.ending };
  }
  const ended = endedByRoute(way, answer);
  if (ended) {
    return { ...common, steps, branches: [], ...ended };
  }
  const onward = { ...way, ...onwardOf(way, answer) };
  return {
    ...common,
    steps,
    sometimes: fault?.sometimes,
    mirrors: answer.mirrors.map(({ host, port, subset, percent }) => ({
      ...(host && { host }),
      ...(port && { port }),
      ...(subset && { subset }),
      percent,
    })),
    branches:
      answer.outcome === 'passthrough'
        ? [passedOn(way, place)]
        : branchesOf(onward, place, answer),
  };
}

function rewriteOf({ rewrite }: OutboundAnswer): Pick<Found, 'rewrite'> {
  return rewrite && Object.keys(rewrite).length > 0 ? { rewrite } : {};
}

/** The request as the destination sees it. */
function onwardOf(
  way: Way,
  { rewrite, requestHeaders }: OutboundAnswer,
): Pick<Way, 'authority' | 'path' | 'headers'> {
  const [, query] = /^[^?]*(\?.*)?$/.exec(way.path) ?? [];
  return {
    authority: rewrite?.authority ?? way.authority,
    path:
      rewrite?.path === undefined ? way.path : `${rewrite.path}${query ?? ''}`,
    headers: [...way.headers, ...(requestHeaders ? [requestHeaders] : [])],
  };
}

function endedByRoute(
  way: Way,
  answer: OutboundAnswer,
): Pick<Found, 'ending' | 'redirect'> | undefined {
  const failed = (seen: Seen): Pick<Found, 'ending'> => ({
    ending: { outcome: 'failed', ...seen },
  });
  switch (answer.outcome) {
    case 'redirect': {
      const redirect = redirectOf(way, answer.redirect);
      return {
        ending: { outcome: 'redirect', status: redirect.status },
        redirect,
      };
    }
    case 'direct-response':
      return {
        ending: {
          outcome: 'direct-response',
          status: answer.directResponse?.status,
        },
      };
    case 'no-route':
      return {
        ending: { outcome: 'no-route', ...seenBy('no-route', way.reading) },
      };
    case 'blackhole':
      return failed(seenBy('blackhole', way.reading));
    case 'no-listener':
      return failed({ status: null });
    default:
      return undefined;
  }
}

function redirectOf(
  { request, authority, path }: Way,
  redirect: OutboundAnswer['redirect'],
): NonNullable<WalkAnswer['redirect']> {
  const [, query = ''] = /^[^?]*(\?.*)?$/.exec(path) ?? [];
  const scheme = redirect?.scheme ?? schemeOf(request);
  const host = redirect?.authority ?? authority;
  const port = redirect?.port === undefined ? '' : `:${redirect.port}`;
  const target = port ? `${host.replace(/:\d+$/, '')}${port}` : host;
  return {
    status: redirect?.code ?? 301,
    location: `${scheme}://${target}${redirect?.path ?? path}${query}`,
  };
}

/** A gateway that ends TLS is called by https. */
function schemeOf({ sni, protocol }: Way['request']): string {
  return sni !== undefined || protocol === 'tls' ? 'https' : 'http';
}

/** What the proxy does not know goes on to its address as it is, without mutual TLS and without identity. */
function passedOn(way: Way, place: NamedPlace): WalkBranch {
  const reasons = [
    {
      rule: RULE,
      text: 'What the proxy does not know passes on as it is: without mutual TLS, so that the server sees no identity',
    },
  ];
  return directBranch(way, place, reasons, { tunnels: false });
}

function branchesOf(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
): WalkBranch[] {
  const sum = answer.destinations.reduce((all, { weight }) => all + weight, 0);
  return answer.destinations.map(destination => {
    const percent = sum === 0 ? 0 : (destination.weight * 100) / sum;
    return branchOf(way, place, answer, destination, percent);
  });
}

function branchOf(
  way: Way,
  place: NamedPlace,
  answer: OutboundAnswer,
  destination: OutboundDestination,
  percent: number,
): WalkBranch {
  const { host, port, subset, missing } = destination;
  if (missing) {
    return missingBranch(way, destination, percent, missing);
  }
  if (!host || !port || !way.proxy) {
    return away(way, host ?? way.request.host, answer.reasons);
  }
  const cluster = clusterSeenBy(
    way.snapshot,
    { host, port, ...(subset && { subset }) },
    way.proxy,
  );
  if (cluster.state === 'unknown') {
    return unknownBranch(destination, percent, cluster.answer);
  }
  if (cluster.state === 'missing') {
    return missingBranch(way, destination, percent, {
      status: 503,
      reason: cluster.reasons[0] ?? { rule: RULE, text: 'There is none' },
    });
  }
  return withResilience(
    branchTo(
      { ...way, ...destinationView(way, cluster, destination) },
      {
        percent,
        host,
        port,
        ...(subset && { subset }),
        endpoints: pickedOf(place, cluster, endpointsIn(way, cluster)),
        reasons: cluster.tls.isWritten ? cluster.tls.reasons : [],
      },
    ),
    resilienceStep(way, answer, cluster),
  );
}

function endpointsIn({ snapshot, proxy }: Way, cluster: ProxyCluster) {
  const mesh = meshConfig(snapshot);
  return mesh.state === 'read' && proxy
    ? endpointsOf(snapshot, cluster, { ...proxy, config: mesh.config })
    : undefined;
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
  { service, port, subset, host }: ProxyCluster,
  { headers: { request } = {}, authority }: OutboundDestination,
): Partial<Way> {
  return {
    servicePort: port,
    sni: `outbound_.${port}_.${subset ?? ''}_.${host}`,
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
  const { host, port, subset } = destination;
  const seen =
    reading === 'http' && status !== 503
      ? { status }
      : seenBy('no-cluster', reading);
  return {
    percent,
    ...(host && { host }),
    ...(port && { port }),
    ...(subset && { subset }),
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
  { host, port, subset }: OutboundDestination,
  percent: number,
  answer: Answer<'unknown'>,
): WalkBranch {
  return {
    percent,
    ...(host && { host }),
    ...(port && { port }),
    ...(subset && { subset }),
    workloads: [],
    sends: 'unknown',
    outcome: 'unknown',
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
