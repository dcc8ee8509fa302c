import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A free port on loopback. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('The server has no port');
  }
  return address.port;
}

const KEPT_OUTPUT = 4000;

/** A program that runs until it is stopped. */
export class Program {
  readonly #child: ChildProcess;
  readonly #name: string;
  #output = '';

  static start(path: string, args: string[]): Program {
    return new Program(path, args);
  }

  private constructor(path: string, args: string[]) {
    this.#name = path;
    this.#child = spawn(path, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => {
      this.#output = (this.#output + chunk).slice(-KEPT_OUTPUT);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#child.on('error', error => keep(Buffer.from(error.message)));
  }

  /** Asks until the program is ready; there is no event that would tell. */
  async until(isReady: () => Promise<boolean>): Promise<void> {
    for (;;) {
      if (this.#child.exitCode !== null || this.#child.pid === undefined) {
        throw new Error(`${this.#name} has ended: ${this.#output}`);
      }
      if (await isReady().catch(() => false)) {
        return;
      }
      await delay(100);
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.pid !== undefined) {
      const ended = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      await ended;
    }
  }
}
