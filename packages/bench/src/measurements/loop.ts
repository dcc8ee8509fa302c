import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import meshPlugin from 'backstage-plugin-mesh-backend';
import { Folders } from '../measure';

/** How long it is looked at, once the cluster has been read. */
const SECONDS = 60;
const PATIENCE_MS = 600_000;

/** How long the event loop of the backend is held while it takes changes at L. */
export async function measureLoop({
  L,
}: Folders): Promise<Record<string, number>> {
  const server = spawn(
    process.execPath,
    ['--max-old-space-size=6000', process.argv[1], 'apiServer', '', L],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const folder = mkdtempSync(path.join(tmpdir(), 'mesh-loop-'));
  let backend: TestBackend | undefined;
  try {
    const [url] = await once(createInterface(server.stdout), 'line');
    const file = path.join(folder, 'kubeconfig');
    writeFileSync(file, JSON.stringify(kubeconfig(url)));
    backend = await startBackend(file);
    await untilSynced(backend);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await pause(SECONDS * 1_000);
    delay.disable();
    return {
      'loop-block-p99.9': delay.percentile(99.9) / 1e6,
      'loop-block-max': delay.max / 1e6,
    };
  } finally {
    await backend?.stop();
    server.kill();
    rmSync(folder, { recursive: true });
  }
}

function kubeconfig(server: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'fleet', cluster: { server, 'insecure-skip-tls-verify': true } },
    ],
    users: [{ name: 'fleet', user: { token: 'none' } }],
    contexts: [{ name: 'fleet', context: { cluster: 'fleet', user: 'fleet' } }],
    'current-context': 'fleet',
  };
}

async function startBackend(file: string): Promise<TestBackend> {
  return startTestBackend({
    features: [
      meshPlugin,
      mockServices.rootConfig.factory({
        data: { mesh: { clusters: { source: 'kubeconfig', file } } },
      }),
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalogServiceMock({ entities: [] }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ async publish() {} }),
      }),
    ],
  });
}

/** Resolves when the cluster has been read and analysed. */
async function untilSynced({ server }: TestBackend): Promise<void> {
  const { port } = Object(server.address());
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const response = await fetch(
      `http://127.0.0.1:${port}/api/mesh/fleet/clusters`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    const body = await response.text();
    if (/"status":"synced"/.test(body)) {
      return;
    }
    await pause(2_000);
  }
  throw new Error('the backend has not read the cluster in time');
}
