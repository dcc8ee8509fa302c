import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { ADMIN, VIEWER, type TestCluster } from './cluster';

const LEAST_MINOR = 30;

/** Where kubectl is, or why there is none that can be used. */
export type FoundKubectl = { command: string } | { missing: string };

/** Looks for kubectl 1.30 or later: `KUBECTL`, then `KUBEBUILDER_ASSETS`, then the PATH. */
export function findKubectl(): FoundKubectl {
  const { KUBECTL, KUBEBUILDER_ASSETS } = process.env;
  const asset = KUBEBUILDER_ASSETS && path.join(KUBEBUILDER_ASSETS, 'kubectl');
  const command = KUBECTL || (asset && existsSync(asset) && asset) || 'kubectl';
  let version: unknown;
  try {
    version = JSON.parse(
      execFileSync(command, ['version', '--client', '-o', 'json'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch (error) {
    return {
      missing: `${command} cannot be run: ${
        error instanceof Error ? error.message.split('\n')[0] : error
      }`,
    };
  }
  const { major, minor, gitVersion } = Object(Object(version).clientVersion);
  return Number(major) === 1 && parseInt(minor, 10) < LEAST_MINOR
    ? { missing: `${command} is ${gitVersion}, older than 1.${LEAST_MINOR}` }
    : { command };
}

export interface KubectlResult {
  code: number;
  stdout: string;
  stderr: string;
}

/** kubectl with a home and a kubeconfig of its own, for one cluster. */
export class Kubectl {
  readonly #command: string;
  readonly #home: string;

  constructor(command: string, cluster: TestCluster) {
    this.#command = command;
    this.#home = mkdtempSync(path.join(tmpdir(), 'kubectl-'));
    this.write('ca.crt', cluster.caCertificate);
    this.write(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'admin',
        clusters: [
          {
            name: 'test',
            cluster: {
              server: cluster.url,
              'certificate-authority': path.join(this.#home, 'ca.crt'),
            },
          },
        ],
        users: [
          { name: 'admin', user: { token: ADMIN } },
          { name: 'viewer', user: { token: VIEWER } },
        ],
        contexts: ['admin', 'viewer'].map(user => ({
          name: user,
          context: { cluster: 'test', user, namespace: 'shop' },
        })),
      }),
    );
  }

  /** Writes a file into the home; returns its path. */
  write(name: string, content: string): string {
    const file = path.join(this.#home, name);
    writeFileSync(file, content);
    return file;
  }

  /** Runs a command to its end, whatever that is. */
  run(...args: string[]): Promise<KubectlResult> {
    return new Promise(resolve => {
      execFile(
        this.#command,
        args,
        { env: this.#env() },
        (error, stdout, stderr) =>
          resolve({
            code: typeof error?.code === 'number' ? error.code : 0,
            stdout,
            stderr,
          }),
      );
    });
  }

  /** Runs a command that must succeed; returns what it prints. */
  async print(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) {
      throw new Error(`kubectl ${args.join(' ')} failed: ${stderr}`);
    }
    return stdout;
  }

  /** Starts a command that goes on; its lines can be awaited. */
  start(...args: string[]): { line: () => Promise<string>; stop: () => void } {
    const child = spawn(this.#command, args, {
      env: this.#env(),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[
      Symbol.asyncIterator
    ]();
    return {
      line: async () => (await lines.next()).value ?? '',
      stop: () => child.kill(),
    };
  }

  #env() {
    return {
      PATH: process.env.PATH,
      HOME: this.#home,
      KUBECONFIG: path.join(this.#home, 'kubeconfig'),
    };
  }

  close(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
