import { ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/** A portal that script/lib/portal.mjs runs. */
export class PortalProcess {
  readonly url: string;
  readonly #child: ChildProcess;

  /** Starts one on a free port, with a state of its own. */
  static async start(state: string, ...args: string[]): Promise<PortalProcess> {
    const child = spawn(
      process.execPath,
      [
        join(root, 'script/lib/portal.mjs'),
        ...['--port', '0', '--state', state],
        ...args,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    return new PortalProcess(await readyUrl(child), child);
  }

  private constructor(url: string, child: ChildProcess) {
    this.url = url;
    this.#child = child;
  }

  async stop(): Promise<void> {
    const ended = new Promise<void>(resolve => {
      this.#child.once('exit', () => resolve());
    });
    this.#child.kill('SIGTERM');
    await ended;
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.on('data', chunk => {
      output += chunk;
      const ready = /^Ready: (\S+)$/m.exec(output);
      if (ready) {
        resolve(ready[1]);
      }
    });
    child.once('exit', code =>
      reject(
        new Error(`The portal did not start (exit code ${code}):\n${output}`),
      ),
    );
  });
}
