import { DestinationPolicy } from '../contract/routing';
import { Reason } from '../contract/common';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { clusterOf, ProxyCluster } from './cluster/cluster';
import { clusterEndpoints } from './cluster/clusterEndpoints';
import { ConnectionPool } from './cluster/connectionPool';
import { Balancing } from './cluster/loadBalancer';
import {
  EJECTION_DEFAULTS,
  ejectsAfter,
  OutlierDetection,
} from './cluster/outlierDetection';
import { ClusterClient, ClusterTarget } from './cluster/target';

/**
 * How a client treats the endpoints of a destination, as the Routing tab shows it: the cluster that its proxy has,
 * with the defaults where they count. Of one that it does not have, only why.
 */
export function destinationPolicy(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  client: ClusterClient,
): DestinationPolicy {
  const { host, subset, rule } = target;
  const labels = rule?.subsets.find(entry => entry.subset.name === subset)
    ?.subset.labels;
  const named = {
    host,
    ...(subset && { subset }),
    ...(labels && { labels }),
  };
  const cluster = clusterOf(snapshot, target, client);
  if (cluster.state === 'missing') {
    return { ...named, limits: [], reasons: cluster.reasons };
  }
  const endpoints = countsOf(snapshot, target, cluster, client);
  const { connections, outlierDetection, locality, tls } = cluster;
  return {
    ...named,
    ...(endpoints && { endpoints }),
    loadBalancer: loadBalancerText(cluster.balancing),
    limits: limitsOf(connections.pool, connections.connectTimeoutMs),
    ...(outlierDetection && {
      outlierDetection: ejection(outlierDetection),
    }),
    ...(locality.mode !== 'any' && {
      locality: { mode: locality.mode, text: locality.text },
    }),
    ...(tls.isWritten && { tlsMode: tls.mode }),
    reasons: reasonsOf(cluster),
  };
}

/**
 * Ready and all pods; undefined where not all endpoints are pods, whose state alone is known. A ServiceEntry without any may
 * have others elsewhere.
 */
function countsOf(
  snapshot: MeshSnapshot,
  target: ClusterTarget,
  { tls }: ProxyCluster,
  client: ClusterClient,
): DestinationPolicy['endpoints'] {
  const all = clusterEndpoints(snapshot, target, tls, client);
  const isKnown = target.service?.service || all?.length;
  return isKnown && all?.every(({ source }) => source.kind === 'Pod')
    ? { ready: all.filter(({ ready }) => ready).length, total: all.length }
    : undefined;
}

function loadBalancerText({ loadBalancer, hashes }: Balancing): string {
  if (loadBalancer === 'CLUSTER_PROVIDED') {
    return 'PASSTHROUGH';
  }
  return hashes ? `${loadBalancer} (${hashes})` : loadBalancer;
}

/** In Istio's own words. The connect timeout always counts. */
function limitsOf(
  pool: ConnectionPool,
  connectTimeout: number,
): DestinationPolicy['limits'] {
  const limits: [string, number | undefined, 'count' | 'ms'][] = [
    ['maxConnections', pool.maxConnections, 'count'],
    ['http1MaxPendingRequests', pool.http1MaxPendingRequests, 'count'],
    ['http2MaxRequests', pool.http2MaxRequests, 'count'],
    ['maxRequestsPerConnection', pool.maxRequestsPerConnection, 'count'],
    ['maxConcurrentStreams', pool.maxConcurrentStreams, 'count'],
    ['maxRetries', pool.maxRetries, 'count'],
    ['connectTimeout', connectTimeout, 'ms'],
    ['idleTimeout', pool.idleTimeoutMs, 'ms'],
    ['maxConnectionDuration', pool.maxConnectionDurationMs, 'ms'],
  ];
  return limits.flatMap(([name, value, unit]) =>
    value === undefined ? [] : [{ name, value, unit }],
  );
}

function ejection(
  detection: OutlierDetection,
): NonNullable<DestinationPolicy['outlierDetection']> {
  return {
    ejectsAfter: ejectsAfter(detection),
    intervalMs: detection.intervalMs ?? EJECTION_DEFAULTS.intervalMs,
    baseEjectionMs:
      detection.baseEjectionTimeMs ?? EJECTION_DEFAULTS.baseEjectionTimeMs,
    maxEjectionPercent:
      detection.maxEjectionPercent ?? EJECTION_DEFAULTS.maxEjectionPercent,
  };
}

function reasonsOf({
  balancing,
  tls,
  connections,
  outlierDetection,
  locality,
  partial,
}: ProxyCluster): Reason[] {
  return [
    ...connections.reasons,
    ...(outlierDetection?.reasons ?? []),
    ...balancing.reasons,
    ...(locality.mode === 'any' ? [] : locality.reasons),
    ...tls.reasons,
    ...partial,
  ];
}
