import { WorkloadRef } from '../../contract/common';
import { ObservedTraffic } from '../../contract/mtls';
import { workloadNamed } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import {
  areEqual,
  increaseBy,
  is,
  isNot,
  isOneOf,
  LabelMatcher,
  selector,
} from '../../traffic/promql';
import {
  InboundTraffic,
  QueryScope,
  Sample,
  TrafficCaller,
  TrafficQuery,
} from '../../traffic/query';
import { isWaypoint } from '../pods';
import { known, principal, workloadIn } from './labels';

const BY = [
  'reporter',
  'destination_workload',
  'destination_workload_namespace',
  'destination_cluster',
  'source_workload',
  'source_workload_namespace',
  'source_cluster',
  'source_principal',
  'connection_security_policy',
] as const;

/**
 * What came in to workloads, as their own side saw it: requests as sidecars count them, or (in ambient mode)
 * the waypoint; connections as sidecars count those that are not HTTP, and as ztunnels count all of theirs.
 * The metrics tell no ports.
 *
 * Upstream: istio/proxy stats filter; istio/ztunnel src/proxy/metrics.rs.
 */
export function inboundTraffic(
  snapshot: MeshSnapshot,
  workloads: readonly WorkloadRef[],
  { windowSeconds, matchers }: QueryScope,
): TrafficQuery<InboundTraffic[]> {
  if (workloads.length === 0) {
    return { expressions: {}, read: () => [] };
  }
  const to: LabelMatcher[] = [
    ...areEqual(matchers),
    isOneOf(
      'destination_workload_namespace',
      workloads.map(({ namespace }) => namespace),
    ),
    isOneOf(
      'destination_workload',
      workloads.map(({ name }) => name),
    ),
  ];
  return {
    expressions: {
      requests: increaseBy(
        BY,
        selector('istio_requests_total', [
          isOneOf('reporter', ['destination', 'waypoint']),
          ...to,
        ]),
        windowSeconds,
      ),
      connections: increaseBy(
        BY,
        selector('istio_tcp_connections_opened_total', [
          is('reporter', 'destination'),
          // A ztunnel counts connections that it refuses: they did not come in.
          isNot('response_flags', 'DENY'),
          ...to,
        ]),
        windowSeconds,
      ),
    },
    read: ({ requests = [], connections = [] }) =>
      workloads.map(workload =>
        readWorkload(
          snapshot,
          workload,
          requests.filter(sample => isOf(sample, workload)),
          connections.filter(sample => isOf(sample, workload)),
        ),
      ),
  };
}

function readWorkload(
  snapshot: MeshSnapshot,
  workload: WorkloadRef,
  requests: readonly Sample[],
  connections: readonly Sample[],
): InboundTraffic {
  // What a waypoint's connections carry it has counted itself, by the callers behind it.
  const direct =
    requests.length > 0
      ? connections.filter(sample => !isFromWaypoint(snapshot, sample))
      : connections;
  return {
    workload,
    level: 'workload',
    callers: [
      ...callersOf(snapshot, fromOneReporter(requests), 'requests'),
      ...callersOf(snapshot, direct, 'connections'),
    ],
  };
}

function isFromWaypoint(snapshot: MeshSnapshot, sample: Sample): boolean {
  const namespace = known(sample, 'source_workload_namespace');
  const name = known(sample, 'source_workload');
  const source =
    namespace && name ? workloadNamed(snapshot, namespace, name) : undefined;
  return source?.pods.some(isWaypoint) ?? false;
}

/** One expression may ask for several workloads of several namespaces, and so get some that were not meant. */
function isOf({ labels }: Sample, { namespace, name }: WorkloadRef): boolean {
  return (
    labels.destination_workload === name &&
    labels.destination_workload_namespace === namespace
  );
}

/** What a waypoint let through to a sidecar would be counted twice: the server's own figures come first. */
function fromOneReporter(samples: readonly Sample[]): readonly Sample[] {
  const own = samples.filter(({ labels }) => labels.reporter === 'destination');
  return own.length > 0 ? own : samples;
}

function callersOf(
  snapshot: MeshSnapshot,
  samples: readonly Sample[],
  unit: ObservedTraffic['unit'],
): TrafficCaller[] {
  const callers = new Map<string, TrafficCaller>();
  for (const sample of samples.filter(({ value }) => value > 0)) {
    const identity = principal(sample, 'source_principal');
    const workload = workloadIn(snapshot, sample, 'source');
    const key = JSON.stringify([identity, workload]);
    const caller = callers.get(key) ?? {
      ...(identity && { identity }),
      ...(workload && { workload }),
      traffic: { unit, mtls: 0, plaintext: 0, unknown: 0 },
    };
    caller.traffic[securityOf(sample, unit)] += sample.value;
    callers.set(key, caller);
  }
  return [...callers.values()];
}

/**
 * How a connection came. Sidecars and waypoints say `mutual_tls` or `none`. A ztunnel has no `none`: it says
 * `unknown` of what came without a handshake, and then knows no peer either.
 */
function securityOf(
  sample: Sample,
  unit: ObservedTraffic['unit'],
): 'mtls' | 'plaintext' | 'unknown' {
  const policy = sample.labels.connection_security_policy;
  if (policy === 'mutual_tls') {
    return 'mtls';
  }
  const plaintext =
    policy === 'none' ||
    (policy === 'unknown' &&
      unit === 'connections' &&
      known(sample, 'source_principal') === undefined);
  return plaintext ? 'plaintext' : 'unknown';
}
