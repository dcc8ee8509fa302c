import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';

export interface TestContext {
  server: string;
  user?: JsonObject;
  cluster?: JsonObject;
}

/** A folder with a kubeconfig: a context, a cluster and a user of the same name for each. */
export class KubeconfigFolder {
  readonly #folder: string;

  static async create(): Promise<KubeconfigFolder> {
    return new KubeconfigFolder(await mkdtemp(join(tmpdir(), 'kubeconfig-')));
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  get file(): string {
    return this.path('config');
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  async write(contexts: Record<string, TestContext>, current?: string) {
    const entries = Object.entries(contexts);
    await this.writeText(
      'config',
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: entries.map(([name, { server, cluster }]) => ({
          name,
          // The fake API servers speak plain HTTP.
          cluster: { server, 'insecure-skip-tls-verify': true, ...cluster },
        })),
        users: entries.map(([name, { user }]) => ({ name, user: user ?? {} })),
        contexts: entries.map(([name]) => ({
          name,
          context: { cluster: name, user: name },
        })),
        ...(current && { 'current-context': current }),
      }),
    );
  }

  async writeText(name: string, text: string): Promise<string> {
    await writeFile(this.path(name), text);
    return this.path(name);
  }

  /** The user of a program that writes the credential in a file of this folder, and counts its runs. */
  async plugin(credential: object): Promise<JsonObject> {
    const file = await this.writeText(
      'credential.json',
      JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: credential,
      }),
    );
    return execOf(
      `const fs = require('node:fs');
       fs.appendFileSync(${JSON.stringify(this.path('runs'))}, 'x');
       process.stdout.write(fs.readFileSync(${JSON.stringify(file)}));`,
    );
  }

  async pluginRuns(): Promise<number> {
    return (await readFile(this.path('runs'), 'utf8')).length;
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The user whose exec plugin is this script. */
export function execOf(script: string): JsonObject {
  return {
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
      interactiveMode: 'IfAvailable',
    },
  };
}
