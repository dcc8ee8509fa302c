import { WorkloadRef } from '../contract/common';
import { ObservedTraffic } from '../contract/mtls';
import { findWorkload, workloadKey } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  areEqual,
  increaseBy,
  is,
  isNot,
  isOneOf,
  LabelMatcher,
  selector,
  sumBy,
} from '../traffic/promql';
import {
  InboundTraffic,
  QueryScope,
  Sample,
  TrafficCaller,
  TrafficQuery,
} from '../traffic/query';
import { podsOf, workloadsWithIdentity } from './identity';
import { ROUTE_KINDS, routesIn } from './linkerdRoutes';
import { isProbeRoute } from './probes';
import {
  isLabelledKind,
  LABELLED_KINDS,
  reporterOf,
  REPORTER_LABELS,
  WORKLOAD_LABELS,
} from './trafficLabels';

/** The ports of the proxy itself. */
const PROXY_PORTS: ReadonlySet<number> = new Set([4140, 4143, 4190, 4191]);

const CONNECTION_LABELS = [
  ...REPORTER_LABELS,
  'target_port',
  'target_addr',
  'tls',
  'client_id',
] as const;
const REQUEST_LABELS = [
  ...CONNECTION_LABELS,
  'route_group',
  'route_kind',
  'route_name',
] as const;

/**
 * What came in to workloads, as their proxies count it: requests, and on ports where there are none (opaque
 * ones) the connections that are open. `tls` is what tells: `true` with the identity of the client is mutual
 * TLS. Calls of a pod to itself and the kubelet's probes do not count: neither could use mutual TLS.
 *
 * Upstream: linkerd2-proxy, linkerd/app/core/src/{metrics,transport/labels}.rs.
 */
export function inboundTraffic(
  snapshot: MeshSnapshot,
  workloads: readonly WorkloadRef[],
  { windowSeconds, matchers }: QueryScope,
): TrafficQuery<InboundTraffic[]> {
  const expressions: Record<string, string> = {};
  for (const [name, group] of groupsOf(snapshot, workloads)) {
    const common = [
      ...areEqual(matchers),
      is('direction', 'inbound'),
      isNot('no_tls_reason', 'loopback'),
      ...group,
    ];
    expressions[`requests of ${name}`] = increaseBy(
      REQUEST_LABELS,
      selector('request_total', common),
      windowSeconds,
    );
    expressions[`connections of ${name}`] = sumBy(
      CONNECTION_LABELS,
      selector('tcp_open_connections', [...common, is('peer', 'src')]),
    );
  }
  return {
    expressions,
    read: samples => {
      const of = (what: string) =>
        Object.entries(samples).flatMap(([name, found]) =>
          name.startsWith(what) ? [...found] : [],
        );
      return readTraffic(
        snapshot,
        workloads,
        of('requests'),
        of('connections'),
      );
    },
  };
}

/** Matchers that select the proxies of these workloads: one set for each label that names workloads. */
function groupsOf(
  snapshot: MeshSnapshot,
  workloads: readonly WorkloadRef[],
): [string, LabelMatcher[]][] {
  const groups: [string, LabelMatcher[]][] = [];
  for (const kind of LABELLED_KINDS) {
    const ofKind = workloads.filter(workload => workload.kind === kind);
    if (ofKind.length > 0) {
      groups.push([
        kind,
        [
          isOneOf(
            'namespace',
            ofKind.map(({ namespace }) => namespace),
          ),
          isOneOf(
            WORKLOAD_LABELS[kind],
            ofKind.map(({ name }) => name),
          ),
        ],
      ]);
    }
  }
  const others = workloads.filter(({ kind }) => !isLabelledKind(kind));
  const pods = others.flatMap(workload => [
    ...(findWorkload(snapshot, workload)?.pods ?? []),
  ]);
  if (pods.length > 0) {
    groups.push([
      'pods',
      [
        isOneOf(
          'namespace',
          others.map(({ namespace }) => namespace),
        ),
        isOneOf(
          'pod',
          pods.map(({ metadata }) => metadata.name),
        ),
      ],
    ]);
  }
  return groups;
}

function readTraffic(
  snapshot: MeshSnapshot,
  workloads: readonly WorkloadRef[],
  requests: readonly Sample[],
  connections: readonly Sample[],
): InboundTraffic[] {
  const callers = new Map<string, Map<string, TrafficCaller>>();
  const busy = new Set<string>();
  const add = (sample: Sample, unit: ObservedTraffic['unit']) => {
    const workload = reporterOf(snapshot, sample.labels);
    const port = portOf(sample.labels);
    if (!workload || port === undefined || PROXY_PORTS.has(port)) {
      return;
    }
    const portKey = `${workloadKey(workload)} ${port}`;
    const skipped =
      unit === 'requests'
        ? isProbe(snapshot, workload, port, sample.labels)
        : busy.has(portKey);
    if (sample.value <= 0 || skipped) {
      return;
    }
    if (unit === 'requests') {
      busy.add(portKey);
    }
    const known =
      callers.get(workloadKey(workload)) ?? new Map<string, TrafficCaller>();
    callers.set(workloadKey(workload), known);
    addSample(snapshot, known, port, unit, sample);
  };
  requests.forEach(sample => add(sample, 'requests'));
  connections.forEach(sample => add(sample, 'connections'));
  return workloads.map(workload => ({
    workload,
    level: 'port',
    callers: [...(callers.get(workloadKey(workload))?.values() ?? [])],
  }));
}

function addSample(
  snapshot: MeshSnapshot,
  callers: Map<string, TrafficCaller>,
  port: number,
  unit: ObservedTraffic['unit'],
  { labels, value }: Sample,
): void {
  const identity = labels.tls === 'true' ? labels.client_id : undefined;
  const key = `${port} ${identity ?? ''} ${unit}`;
  let caller = callers.get(key);
  if (!caller) {
    const clients = identity ? workloadsWithIdentity(snapshot, identity) : [];
    caller = {
      ...(identity && { identity }),
      // Several workloads may share a ServiceAccount, and the metric does not tell them apart.
      ...(clients.length === 1 && { workload: clients[0].ref }),
      port,
      traffic: { unit, mtls: 0, plaintext: 0, unknown: 0 },
    };
    callers.set(key, caller);
  }
  caller.traffic[trafficKind(labels.tls)] += value;
}

function trafficKind(
  tls: string | undefined,
): 'mtls' | 'plaintext' | 'unknown' {
  switch (tls) {
    case 'true':
      return 'mtls';
    case 'no_identity':
    case 'disabled':
      return 'plaintext';
    default:
      // `opaque` is TLS of the application, which the proxy passes on.
      return 'unknown';
  }
}

function portOf({
  target_port: port,
  target_addr: address = '',
}: Sample['labels']): number | undefined {
  const text = port ?? address.slice(address.lastIndexOf(':') + 1);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Whether requests are probes of the kubelet: by the route that the controller makes for them, or by one that only serves them. */
function isProbe(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
  port: number,
  { route_group: group, route_kind: kind, route_name: name }: Sample['labels'],
): boolean {
  if (kind === 'default') {
    return name === 'probe';
  }
  const kindId = ROUTE_KINDS.find(id => id === `${group}/${kind}`);
  const route =
    kindId &&
    routesIn(snapshot, workload.namespace).find(
      candidate =>
        candidate.kind === kindId && candidate.route.metadata.name === name,
    );
  const found = findWorkload(snapshot, workload);
  return Boolean(
    route && found && podsOf(found).some(pod => isProbeRoute(route, pod, port)),
  );
}
