import { Reason, WorkloadRef } from '../../contract/common';
import { WalkBranch, WalkStep } from '../../contract/walk';
import { Service, ServicePort } from '../../kubernetes/core';
import { because } from '../../mesh/answers';
import { Found, FoundBranch } from '../../mesh/walk/compose';
import { Ending, step } from '../../mesh/walk/steps';
import { workloadOfPod } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { assumedConfig } from '../controlPlaneConfig';
import { podEnrolment } from '../enrolment';
import { GatewayMirror, MirroredService } from '../multicluster/mirror';
import { mirrorProblems } from '../multicluster/targetClusters';
import { podSetting } from '../podSettings';
import { gatewayAt } from './gatewayAt';
import { enterGateway, Entry, Gateway, withoutIdentity } from './gatewayEntry';
import { Place } from './place';
import { headersOf } from './callFacts';
import { Way } from './way';

const RULE = 'linkerd/walk/gateway';
const ENABLE = 'config.linkerd.io/enable-gateway';

/** A share of the requests, and what it is called. */
export interface Share {
  percent: number;
  host: string;
  port: number;
  reasons: readonly Reason[];
}

/** A port of a Service that mirrors one of another cluster behind its gateway. */
export interface GatewayMirrorPort {
  service: Service;
  servicePort: ServicePort;
  mirror: GatewayMirror;
}

/**
 * What becomes of the requests that go to a mirror: the client's proxy sends them to the gateway of the other cluster and
 * says for which Service; the gateway lets the client in or not, and sends them on over connections of its own. What it
 * sends on comes from it: routes of its namespace count, and the server sees its identity, not the client's.
 *
 * Upstream: linkerd2-proxy, linkerd/app/gateway/src/{http,discover}.rs; controller/api/destination/watcher/endpoints_watcher.go,
 * `getEndpointsPortAndAuthority`.
 */
export function gatewayBranches(
  way: Way,
  share: Share,
  mirrored: GatewayMirrorPort,
): FoundBranch[] {
  const { service, servicePort, mirror } = mirrored;
  const { cluster = '', namespace, name } = mirror.of;
  const reasons = [
    because(
      RULE,
      `Service ${service.metadata.namespace}/${service.metadata.name} mirrors ${namespace}/${name} of the cluster ${cluster}, behind its gateway`,
      {
        snapshot: way.snapshot,
        kind: 'Service',
        object: service,
        field: mirror.field,
      },
    ),
    ...share.reasons,
  ];
  const ended = (
    steps: readonly WalkStep[],
    ending: Ending,
    more: Partial<FoundBranch> = {},
  ): FoundBranch[] => [endedBranch(share, steps, ending, more)];
  const unmeshed = withoutIdentity(way, service);
  if (unmeshed?.ending) {
    return ended(unmeshed.steps, unmeshed.ending);
  }
  const found = gatewayAt(way, cluster, servicePort);
  if ('ending' in found) {
    const { ending, text, why } = found;
    const result = ending.outcome === 'unknown' ? 'unknown' : 'ends';
    const to = `${share.host}:${share.port}`;
    return ended(
      [step('destination', result, `${to}: ${text}`, [...why, ...reasons])],
      ending,
    );
  }
  const { on, pod } = found.endpoint;
  const at = workloadOfPod(on, pod).ref;
  const via = [at];
  const entry = enterGateway(way, found);
  const before = [
    step(
      'destination',
      'ok',
      `${share.host}:${share.port}: ${found.name} sends it on to ${namespace}/${name}`,
      reasons,
    ),
    ...entry.steps.map(one => ({ ...one, at })),
  ];
  if (entry.ending) {
    return ended(before, entry.ending, { via, partial: entry.mayDiffer });
  }
  const place = placeAt(on, mirror.of);
  if (!place) {
    const text = `The cluster ${on.cluster} has no Service ${namespace}/${name}`;
    return ended(
      [...before, step('route', 'ends', text, [{ rule: RULE, text }])],
      { outcome: 'failed' },
      { via },
    );
  }
  const onward = way.from(onwardWay(way, found, place, servicePort), place);
  return onwardBranches(share, sentOnBy(at, onward), entry).map(branch => ({
    ...branch,
    via: [...via, ...(branch.via ?? [])],
    steps: [...before, ...branch.steps],
    partial: [
      ...(branch.partial ?? []),
      ...entry.mayDiffer,
      ...doubts(found),
      ...mirrorProblems(way.snapshot, cluster, mirror.of),
    ],
  }));
}

function endedBranch(
  { percent, host, port }: Share,
  steps: readonly WalkStep[],
  ending: Ending,
  more: Partial<FoundBranch>,
): FoundBranch {
  return {
    percent,
    host,
    port,
    workloads: [],
    sends: ending.outcome === 'unknown' ? 'unknown' : 'fails',
    ...ending,
    ...more,
    steps: [...steps],
  };
}

function placeAt(
  snapshot: MeshSnapshot,
  { namespace, name, pod }: MirroredService,
): Place | undefined {
  const { clusterDomain } = assumedConfig(snapshot).config;
  const host = `${name}.${namespace}.svc.${clusterDomain}`;
  const service = snapshot.get('Service', namespace, name);
  const one = pod && snapshot.get('Pod', namespace, pod);
  if (!service || (pod && !one)) {
    return undefined;
  }
  return one
    ? { is: 'pod', host: `${pod}.${host}`, pod: one }
    : { is: 'service', host, service };
}

/** The gateway as the client. The request is then for the name that the Service has in its own cluster. */
function onwardWay(
  way: Way,
  { endpoint: { on, pod } }: Gateway,
  { host }: Place,
  { port }: ServicePort,
): Way {
  const { ref, labels } = workloadOfPod(on, pod);
  return {
    ...way,
    snapshot: on,
    client: {
      name: ref.name,
      namespace: ref.namespace,
      labels,
      pod,
      mode: podEnrolment(on, pod).mode.value,
    },
    request: {
      ...way.request,
      host,
      port,
      headers: headersOf(way),
    },
    authority: port === 80 ? host : `${host}:${port}`,
    headers: [],
    isAtGateway: true,
  };
}

/** What the proxy of the gateway does as a client is said to be done there. */
function sentOnBy(at: WorkloadRef, found: Found): Found {
  const here = (one: WalkStep): WalkStep =>
    one.step === 'route' || one.step === 'resilience'
      ? {
          ...one,
          at,
          ...(one.result === 'ok' && { text: `by the gateway: ${one.text}` }),
        }
      : one;
  return {
    ...found,
    steps: found.steps.map(here),
    branches: found.branches.map(branch => ({
      ...branch,
      steps: branch.steps.map(here),
    })),
  };
}

/** What the gateway makes of a share; where nothing is said of a way on from it, that is not known. */
export function onwardBranches(
  share: Share,
  { branches, steps, ending, mayDiffer = [] }: Found,
  { depends }: Entry,
): FoundBranch[] {
  if (ending || branches.length === 0) {
    return [
      endedBranch(
        share,
        steps,
        ending ?? { outcome: 'unknown', cause: 'not-modelled' },
        { partial: mayDiffer },
      ),
    ];
  }
  return branches.map(branch => ({
    ...(depends ? depending(branch) : branch),
    percent: (share.percent * branch.percent) / 100,
    steps: [...steps, ...branch.steps],
    partial: [...(branch.partial ?? []), ...mayDiffer],
  }));
}

/** Refused by the gateway, or what becomes of it behind it. */
function depending({
  status: _,
  flag: __,
  ...branch
}: FoundBranch): FoundBranch {
  const outcome: WalkBranch['outcome'] =
    branch.outcome === 'unknown' ? 'unknown' : 'depends';
  return { ...branch, outcome };
}

/** Proxies send on what is for others only where they are told to be gateways. */
function doubts({ endpoint: { on, pod }, name }: Gateway): Reason[] {
  const written = podSetting(on, pod, ENABLE)?.value;
  return written === 'true'
    ? []
    : [
        {
          rule: RULE,
          text: `${name} may send nothing on: its pods do not have the annotation ${ENABLE}`,
        },
      ];
}
