import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { JsonObject } from '@backstage/types';
import { z } from 'zod';

const stateSchema = z.object({
  caFile: z.string(),
  kubeconfig: z.string(),
  clusters: z.record(
    z.string(),
    z.object({ url: z.string(), token: z.string() }),
  ),
  prometheus: z.object({ url: z.string() }),
  jaeger: z.object({ url: z.string() }),
});

/** The clusters of the sandbox, in a process of their own as `script/server` has them. */
export class SandboxProcess {
  readonly state: z.infer<typeof stateSchema>;
  readonly #child: ChildProcess;
  readonly #folder: string;

  static async start(): Promise<SandboxProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'mesh-backend-'));
    const child = spawn(
      process.execPath,
      [
        require.resolve('mesh-sandbox/bin/mesh-sandbox'),
        'start',
        '--state',
        folder,
        '--scrape-interval',
        '1s',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for await (const line of createInterface(child.stdout)) {
      if (line === 'sandbox ready') {
        const text = await readFile(join(folder, 'sandbox.json'), 'utf8');
        return new SandboxProcess(
          stateSchema.parse(JSON.parse(text)),
          child,
          folder,
        );
      }
    }
    throw new Error('The sandbox ended before it was ready');
  }

  private constructor(
    state: z.infer<typeof stateSchema>,
    child: ChildProcess,
    folder: string,
  ) {
    this.state = state;
    this.#child = child;
    this.#folder = folder;
  }

  /** The configuration of the Kubernetes plugin for these clusters. */
  get kubernetes(): JsonObject {
    return {
      serviceLocatorMethod: { type: 'singleTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: Object.entries(this.state.clusters).map(
            ([name, { url, token }]) => ({
              name,
              url,
              authProvider: 'serviceAccount',
              serviceAccountToken: token,
              caFile: this.state.caFile,
            }),
          ),
        },
      ],
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await ended;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
