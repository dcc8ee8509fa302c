import path from 'node:path';
import { PrometheusServer } from './prometheus/server';
import type { PrometheusFaults } from './prometheus/faults';
import type { SeriesSource } from './prometheus/promql/series';
import type { Faults } from './faults/faults';
import { mergeSources } from './jaeger/api';
import type { JaegerFaults } from './jaeger/faults';
import { JaegerServer } from './jaeger/server';
import type { TraceSource } from './jaeger/traceModel';
import { RunningCluster } from './runningCluster';
import { createCertificates } from './tls/certificates';
import type { Mesh } from './traffic/model';
import type { Now } from './world/clock';

export const CLUSTERS = ['east', 'west'] as const;
export type ClusterName = (typeof CLUSTERS)[number];

const MESHES: Record<ClusterName, Mesh> = { east: 'istio', west: 'linkerd' };

/* eslint-disable-next-line no-restricted-syntax */
const OWN_MANIFESTS = path.resolve(__dirname, '../manifests');

export interface SandboxOptions {
  /** The folder with `east`, `west` and `traffic`; the package's own where it is left out. */
  manifests?: string;
  /** A free port is taken where one is left out. */
  ports?: Partial<Record<ClusterName | 'prometheus' | 'jaeger', number>>;
  /** Milliseconds between scrapes; 5 s where it is left out. */
  scrapeInterval?: number;
  /** Milliseconds since the epoch; the real clock where it is left out. */
  now?: Now;
  /** Whether saved manifests are applied; true where it is left out. */
  watch?: boolean;
  /** The bearer token that the Prometheus asks for; none where it is left out. */
  prometheusToken?: string;
  /** Is told what could not be applied, in one line; standard error where it is left out. */
  report?(message: string): void;
}

export interface Sandbox {
  clusters: Record<ClusterName, RunningCluster>;
  /** PEM, of the certificate authority of both API servers. */
  caCertificate: string;
  prometheus: { url: string; series: SeriesSource };
  jaeger: { url: string; traces: TraceSource };
  faults: Record<ClusterName, Faults> & {
    prometheus: PrometheusFaults;
    jaeger: JaegerFaults;
  };
  close(): Promise<void>;
}

/** Starts two simulated clusters, their Kubernetes APIs, their Prometheus and their Jaeger on loopback. */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const {
    manifests = OWN_MANIFESTS,
    ports = {},
    scrapeInterval = 5_000,
    now = Date.now,
    watch = true,
    report = message => process.stderr.write(`${message}\n`),
  } = options;
  const certificates = await createCertificates();
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async () => {
    await Promise.all(closers.splice(0).map(close => close()));
  };
  const start = async (name: ClusterName) => {
    const cluster = await RunningCluster.start({
      name,
      mesh: MESHES[name],
      manifests,
      port: ports[name] ?? 0,
      certificates,
      now,
      scrapeInterval,
      watch,
      report,
    });
    closers.push(() => cluster.close());
    return cluster;
  };
  try {
    const east = await start('east');
    const west = await start('west');
    const series: SeriesSource = {
      *select(matchers) {
        yield* east.series.select(matchers);
        yield* west.series.select(matchers);
      },
    };
    const prometheus = PrometheusServer.create({
      source: series,
      now,
      ...(options.prometheusToken && { token: options.prometheusToken }),
    });
    closers.push(() => prometheus.close());
    const url = await prometheus.listen(ports.prometheus ?? 0);
    const traces = mergeSources([east.traces, west.traces]);
    const jaeger = JaegerServer.create({ source: traces, now });
    closers.push(() => jaeger.close());
    const jaegerUrl = await jaeger.listen(ports.jaeger ?? 0);
    return {
      clusters: { east, west },
      caCertificate: certificates.caCertificate,
      prometheus: { url, series },
      jaeger: { url: jaegerUrl, traces },
      faults: {
        east: east.faults,
        west: west.faults,
        prometheus: prometheus.faults,
        jaeger: jaeger.faults,
      },
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}
