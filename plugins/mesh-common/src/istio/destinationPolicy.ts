import { DestinationPolicy } from '../contract/routing';
import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { goDurationMs } from '../kubernetes/goDuration';
import { namespaceOf } from '../kubernetes/objects';
import { targetPortOf } from '../mesh/services';
import { isReady } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { MeshConfig, settingReason } from './meshConfig';
import { TrafficPolicy } from './objects';
import { isInSubset, ResolvedDestination } from './routing/backends';
import { policyFor, Written, writtenReason } from './trafficPolicy';

const RULE = 'istio/destination-policy';

type Block<B extends keyof TrafficPolicy> = NonNullable<TrafficPolicy[B]>;

/**
 * How a client treats the endpoints of a destination: balancing, limits, ejection and TLS as the
 * DestinationRule has them, with Istio's defaults where they show.
 *
 * Upstream: pilot/pkg/networking/core/cluster_traffic_policy.go, `applyTrafficPolicy`.
 */
export function destinationPolicy(
  snapshot: MeshSnapshot,
  destination: ResolvedDestination,
  config: MeshConfig,
): DestinationPolicy {
  const { host, subset, port, rule } = destination;
  const policy = policyFor(rule, subset, port);
  const found = rule?.subsets.find(entry => entry.subset.name === subset);
  const endpoints = endpointsOf(snapshot, destination);
  const limits = limitsOf(policy.connectionPool?.value, config);
  return {
    host,
    ...(subset && { subset }),
    ...(found?.subset.labels && { labels: found.subset.labels }),
    ...(endpoints && { endpoints }),
    loadBalancer: loadBalancerOf(policy.loadBalancer?.value, destination),
    limits,
    ...(policy.outlierDetection && {
      outlierDetection: outlierDetectionOf(policy.outlierDetection.value),
    }),
    ...(policy.tls && { tlsMode: policy.tls.value.mode ?? 'DISABLE' }),
    reasons: reasonsOf(snapshot, destination, policy, config),
  };
}

/** The pods behind a destination; unknown where it is no Service with a selector. */
function endpointsOf(
  snapshot: MeshSnapshot,
  destination: ResolvedDestination,
): DestinationPolicy['endpoints'] {
  const service = destination.service?.service;
  if (!service?.spec.selector || snapshot.read('Pod').state !== 'read') {
    return undefined;
  }
  const servicePort = service.spec.ports.find(
    ({ port }) => port === destination.port,
  );
  const pods = podsWithLabels(
    snapshot,
    namespaceOf(service),
    service.spec.selector,
  ).filter(
    pod =>
      isRunning(pod) &&
      isInSubset(pod.metadata.labels, destination) &&
      servicePort !== undefined &&
      targetPortOf(servicePort, pod) !== undefined,
  );
  return { ready: pods.filter(isReady).length, total: pods.length };
}

function isRunning({ status }: Pod): boolean {
  return status?.phase !== 'Succeeded' && status?.phase !== 'Failed';
}

function loadBalancerOf(
  loadBalancer: Block<'loadBalancer'> | undefined,
  { service }: ResolvedDestination,
): string {
  if (
    service?.resolution === 'original-destination' ||
    loadBalancer?.simple === 'PASSTHROUGH'
  ) {
    return 'PASSTHROUGH';
  }
  const hash = loadBalancer?.consistentHash;
  if (hash) {
    const algorithm = hash.maglev === undefined ? 'RING_HASH' : 'MAGLEV';
    return `${algorithm} (${hashKey(hash)})`;
  }
  const simple = loadBalancer?.simple ?? 'UNSPECIFIED';
  return ['UNSPECIFIED', 'LEAST_CONN'].includes(simple)
    ? 'LEAST_REQUEST'
    : simple;
}

function hashKey(
  hash: NonNullable<Block<'loadBalancer'>['consistentHash']>,
): string {
  if (hash.httpHeaderName) {
    return `header ${hash.httpHeaderName}`;
  }
  if (hash.httpCookie) {
    return `cookie ${hash.httpCookie.name}`;
  }
  return hash.httpQueryParameterName
    ? `query parameter ${hash.httpQueryParameterName}`
    : 'source IP';
}

/** Limits as they are written; 0 means the default, which is no limit. The connect timeout always counts. */
function limitsOf(
  pool: Block<'connectionPool'> | undefined,
  config: MeshConfig,
): DestinationPolicy['limits'] {
  const { tcp, http } = pool ?? {};
  const count = (name: string, value: number | undefined) =>
    value ? [{ name, value, unit: 'count' as const }] : [];
  const time = (name: string, value: string | undefined) => {
    const ms = value === undefined ? undefined : goDurationMs(value);
    return ms === undefined ? [] : [{ name, value: ms, unit: 'ms' as const }];
  };
  return [
    ...count('maxConnections', tcp?.maxConnections),
    ...count('http1MaxPendingRequests', http?.http1MaxPendingRequests),
    ...count('http2MaxRequests', http?.http2MaxRequests),
    ...count('maxRequestsPerConnection', http?.maxRequestsPerConnection),
    ...count('maxConcurrentStreams', http?.maxConcurrentStreams),
    ...count('maxRetries', http?.maxRetries),
    ...(tcp?.connectTimeout
      ? time('connectTimeout', tcp.connectTimeout)
      : [
          {
            name: 'connectTimeout',
            value: config.connectTimeoutMs,
            unit: 'ms' as const,
          },
        ]),
    ...time('idleTimeout', http?.idleTimeout ?? tcp?.idleTimeout),
    ...time('maxConnectionDuration', tcp?.maxConnectionDuration),
  ];
}

/** The defaults of Envoy, which apply once outlier detection is there at all. */
const EJECTION_DEFAULTS = {
  consecutive5xxErrors: 5,
  intervalMs: 10_000,
  baseEjectionMs: 30_000,
  maxEjectionPercent: 10,
};

function outlierDetectionOf(
  detection: Block<'outlierDetection'>,
): NonNullable<DestinationPolicy['outlierDetection']> {
  const counters: [number, string][] = [
    [
      detection.consecutive5xxErrors ?? EJECTION_DEFAULTS.consecutive5xxErrors,
      '5xx errors',
    ],
    [detection.consecutiveGatewayErrors ?? 0, 'gateway errors'],
    [
      detection.splitExternalLocalOriginErrors
        ? detection.consecutiveLocalOriginFailures ?? 0
        : 0,
      'local failures',
    ],
  ];
  const active = counters.filter(([value]) => value > 0);
  return {
    ejectsAfter:
      active.length > 0
        ? `${active
            .map(([value, what]) => `${value} ${what}`)
            .join(' or ')} in a row`
        : 'nothing: all counters are 0',
    intervalMs: duration(detection.interval) ?? EJECTION_DEFAULTS.intervalMs,
    baseEjectionMs:
      duration(detection.baseEjectionTime) ?? EJECTION_DEFAULTS.baseEjectionMs,
    maxEjectionPercent:
      detection.maxEjectionPercent || EJECTION_DEFAULTS.maxEjectionPercent,
  };
}

function duration(text: string | undefined): number | undefined {
  return text === undefined ? undefined : goDurationMs(text);
}

function reasonsOf(
  snapshot: MeshSnapshot,
  { rule, host }: ResolvedDestination,
  policy: ReturnType<typeof policyFor>,
  config: MeshConfig,
): Reason[] {
  if (!rule) {
    return [
      {
        rule: RULE,
        text: `No DestinationRule applies to ${host}: Istio's defaults do`,
      },
    ];
  }
  const written: [string, Written<unknown> | undefined][] = [
    ['Limits', policy.connectionPool],
    ['Ejection', policy.outlierDetection],
    ['Load balancing', policy.loadBalancer],
    ['TLS', policy.tls],
  ];
  const blocks = written.flatMap(([what, block]) =>
    block ? [writtenReason(snapshot, block, `${what} as the rule says`)] : [],
  );
  return [
    ...(blocks.length > 0
      ? blocks
      : [
          writtenReason(
            snapshot,
            { rule: rule.rule, field: 'spec' },
            `The DestinationRule for ${rule.host} sets nothing here: Istio's defaults apply`,
          ),
        ]),
    ...(config.configMap && !policy.connectionPool?.value.tcp?.connectTimeout
      ? [
          settingReason(
            snapshot,
            config,
            'connectTimeout',
            'The connect timeout is the default of the mesh',
          ),
        ]
      : []),
  ];
}
