import {
  IstioProxyCluster,
  istioClusterSeenBy,
  MeshSnapshot,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { Comparison } from '../../corpus';

const clientSchema = z.object({
  namespace: z.string(),
  labels: z.record(z.string(), z.string()),
  kind: z.enum(['sidecar', 'gateway']),
});

/** The part of a case that says which clusters the proxy of the client has. */
export const clustersPart = z.object({
  client: clientSchema,
  /** By `host:port`, then `/subset` if there is one. */
  clusters: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
});

/** Compares the clusters of a case with those of the library. */
export function compareClusters(
  snapshot: MeshSnapshot,
  { client, clusters }: z.infer<typeof clustersPart>,
): Extract<Comparison, { expected: unknown }> {
  const proxy = { ...client, proxy: client.kind };
  return {
    expected: mapValues(clusters, withMilliseconds),
    actual: mapValues(clusters, (_, key) => {
      const found = istioClusterSeenBy(snapshot, destinationOf(key), proxy);
      return found.state === 'present' ? inCorpusWords(found) : found;
    }),
  };
}

const DURATION = /^(\d+(\.\d+)?(h|ms|m|s))+$/;
const UNITS: Record<string, number> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};

/** Durations, which Go prints in several ways, as milliseconds. */
export function withMilliseconds(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withMilliseconds);
  }
  if (typeof value === 'object' && value !== null) {
    return mapValues(Object(value), withMilliseconds);
  }
  return typeof value === 'string' && DURATION.test(value)
    ? [...value.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * UNITS[unit],
        0,
      )
    : value;
}

function destinationOf(key: string) {
  const [, host, port, subset] = /^(.+):(\d+)(?:\/(.+))?$/.exec(key) ?? [];
  if (host === undefined) {
    throw new Error(`'${key}' is no host:port or host:port/subset`);
  }
  return { host, port: Number(port), ...(subset && { subset }) };
}

function inCorpusWords(cluster: IstioProxyCluster): object {
  const { balancing, connections, tls, endpoints } = cluster;
  const { idleTimeoutMs, ...pool } = connections.pool;
  const connectionPool = {
    ...pool,
    ...(idleTimeoutMs !== undefined && { idleTimeout: idleTimeoutMs }),
    ...(connections.protocol && { protocol: connections.protocol }),
  };
  const named = tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL';
  return {
    resolution: balancing.resolution,
    tls: {
      mode: tls.mode,
      ...(named && { sni: tls.sni, sans: tls.sans }),
    },
    loadBalancer: balancing.loadBalancer,
    connectTimeout: connections.connectTimeoutMs,
    ...(Object.keys(connectionPool).length > 0 && { connectionPool }),
    ...(cluster.outlierDetection && {
      outlierDetection: detectionOf(cluster.outlierDetection),
    }),
    // In these cases every pod is ready, though none has conditions that say so.
    endpoints: endpoints?.map(({ address, mtls, weight }) => ({
      address,
      ...(mtls?.value && { mtls: mtls.value }),
      ...(weight !== undefined && { weight }),
    })),
  };
}

function detectionOf({
  reasons: _,
  intervalMs,
  baseEjectionTimeMs,
  ...counters
}: NonNullable<IstioProxyCluster['outlierDetection']>): object {
  return {
    ...counters,
    interval: intervalMs,
    baseEjectionTime: baseEjectionTimeMs,
  };
}

function mapValues<T>(
  object: Record<string, T>,
  change: (value: T, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => [key, change(value, key)]),
  );
}
