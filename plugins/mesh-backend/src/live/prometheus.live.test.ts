import { OBSERVATION_WINDOWS } from 'backstage-plugin-mesh-common';
// The package is started as a command; its functions are for tests alone.
// eslint-disable-next-line @backstage/no-forbidden-package-imports
import { exportOpenMetrics, Sandbox, startSandbox } from 'mesh-sandbox/src';
import { z } from 'zod';
import { KubeconfigFolder } from '../__testUtils__/KubeconfigFolder';
import { component } from '../__testUtils__/shop';
import { StartedMesh } from '../__testUtils__/startMesh';
import { meshPlugin } from '../plugin';
import { describeWith } from './__testUtils__/assets';
import { RealPrometheus } from './__testUtils__/RealPrometheus';
import { RecordingProxy } from './__testUtils__/RecordingProxy';

jest.setTimeout(300_000);

const SERVICES = ['reviews', 'storefront', 'ratings', 'web', 'emoji', 'voting'];

/** Samples further back than this are not needed: longer windows have the same expressions. */
const WINDOWS = OBSERVATION_WINDOWS.filter(seconds => seconds <= 3600);
const HISTORY_MS = 70 * 60 * 1000;

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('vector'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

/** The value of an expression, by labels. */
async function ask(url: string, query: string, time: number) {
  const response = await fetch(
    `${url}/api/v1/query?${new URLSearchParams({
      query,
      time: String(time / 1000),
    })}`,
  );
  const { data } = answerSchema.parse(await response.json());
  return new Map(
    data.result.map(({ metric, value }) => [
      JSON.stringify(Object.entries(metric).sort()),
      Number(value[1]),
    ]),
  );
}

describeWith('prometheus', 'promtool')('a real Prometheus', () => {
  /** The clock of the sandbox stands still, so that both stores are asked about one moment. */
  const now = Math.floor(Date.now() / 1000) * 1000;
  let sandbox: Sandbox;
  let proxy: RecordingProxy;
  let prometheus: RealPrometheus;

  beforeAll(async () => {
    sandbox = await startSandbox({
      now: () => now,
      scrapeInterval: 15_000,
      watch: false,
    });
    proxy = await RecordingProxy.start(sandbox.prometheus.url);
    await askEverything();
    prometheus = await RealPrometheus.start(
      exportOpenMetrics({ select: askedSeries }, now - HISTORY_MS, now),
    );
  });

  afterAll(async () => {
    await prometheus?.stop();
    await proxy?.stop();
    await sandbox?.close();
  });

  /** The series of the metrics that are asked for: all of them are gigabytes. */
  function* askedSeries() {
    const asked = [...proxy.expressions].join('\n');
    for (const series of sandbox.prometheus.series.select([])) {
      if (asked.includes(`${series.labels.__name__}{`)) {
        yield series;
      }
    }
  }

  /** Opens whatever asks the store, so that each expression that the portal builds is recorded. */
  async function askEverything(): Promise<void> {
    const folder = await KubeconfigFolder.create();
    await folder.writeText('ca.crt', sandbox.caCertificate);
    await folder.write(
      Object.fromEntries(
        Object.entries(sandbox.clusters).map(([name, { url, portalToken }]) => [
          name,
          {
            server: url,
            cluster: {
              'certificate-authority': 'ca.crt',
              'insecure-skip-tls-verify': false,
            },
            user: { token: portalToken },
          },
        ]),
      ),
    );
    const mesh = await StartedMesh.start({
      entities: SERVICES.map(name => component(name)),
      kubernetes: false,
      plugin: meshPlugin,
      mesh: {
        clusters: {
          source: 'kubeconfig',
          file: folder.file,
          contexts: ['east', 'west'],
        },
        prometheus: [
          {
            name: 'sandbox',
            url: proxy.url,
            clusters: ['east', 'west'],
            clusterLabel: 'cluster',
          },
        ],
      },
    });
    try {
      await mesh.untilClusters({ east: 'synced', west: 'synced' });
      for (const name of SERVICES) {
        for (const route of ['mtls', 'routing']) {
          for (const window of WINDOWS) {
            await mesh.body(
              'admin',
              `/entities/component/default/${name}/${route}/observed?window=${window}`,
            );
          }
        }
      }
    } finally {
      await mesh.stop();
      await folder.remove();
    }
  }

  it('gives the figures of the sandbox for every expression that the portal builds', async () => {
    const expressions = [...proxy.expressions];
    expect(expressions.length).toBeGreaterThan(20);
    let compared = 0;
    const differences: string[] = [];
    for (const expression of expressions) {
      const simulated = await ask(sandbox.prometheus.url, expression, now);
      const real = await ask(prometheus.url, expression, now);
      for (const labels of new Set([...simulated.keys(), ...real.keys()])) {
        const [one, other] = [simulated.get(labels), real.get(labels)];
        compared += 1;
        if (
          one === undefined ||
          other === undefined ||
          Math.abs(one - other) > 1e-6 * Math.max(1, Math.abs(other))
        ) {
          differences.push(`${expression} ${labels}: ${one}, really ${other}`);
        }
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(100);
  });
});
