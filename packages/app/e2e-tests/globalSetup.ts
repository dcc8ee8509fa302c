import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/**
 * Starts the sandbox and the built portal on free ports, with a state of their own, and tells the tests
 * where they are. Returns what ends them.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const state = join(root, '.sandbox/e2e');
  rmSync(state, { recursive: true, force: true });
  const server = spawn(
    process.execPath,
    [join(root, 'script/lib/portal.mjs'), '--port', '0', '--state', state],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>(resolve => {
    server.once('exit', () => resolve());
  });
  process.env.MESH_E2E_URL = await readyUrl(server);
  process.env.MESH_E2E_STATE = state;
  return async () => {
    server.kill('SIGTERM');
    await ended;
  };
}

function readyUrl(server: ReturnType<typeof spawn>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    server.stdout?.on('data', chunk => {
      output += chunk;
      const ready = /^Ready: (\S+)$/m.exec(output);
      if (ready) {
        resolve(ready[1]);
      }
    });
    server.once('exit', code =>
      reject(
        new Error(`The portal did not start (exit code ${code}):\n${output}`),
      ),
    );
  });
}
