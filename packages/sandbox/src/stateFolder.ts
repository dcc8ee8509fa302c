import {
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { CLUSTERS, type Sandbox } from './sandbox';

/**
 * What a running sandbox tells other programs, in a folder that they agree on: `ca.crt`, `kubeconfig` (contexts `east`
 * and `west`, as administrator) and `sandbox.json` (where everything is, and the portal's tokens). The tokens are good
 * for this run, and only this user may read them.
 */
export class StateFolder {
  readonly #folder: string;

  static async create(folder: string): Promise<StateFolder> {
    await mkdir(folder, { recursive: true });
    return new StateFolder(path.resolve(folder));
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  async write(sandbox: Sandbox): Promise<void> {
    const caFile = this.#path('ca.crt');
    const kubeconfig = this.#path('kubeconfig');
    await this.#replace('ca.crt', sandbox.caCertificate, 0o644);
    await this.#replace('kubeconfig', kubeconfigOf(sandbox), 0o600);
    const description = {
      pid: process.pid,
      caFile,
      kubeconfig,
      clusters: Object.fromEntries(
        CLUSTERS.map(name => {
          const { url, portalToken } = sandbox.clusters[name];
          return [name, { url, token: portalToken }];
        }),
      ),
      prometheus: { url: sandbox.prometheus.url },
      jaeger: { url: sandbox.jaeger.url },
    };
    await this.#replace(
      'sandbox.json',
      `${JSON.stringify(description, null, 2)}\n`,
      0o600,
    );
  }

  /**
   * Takes away what `write` wrote: the tokens mean nothing any more. What another sandbox has written here since stays.
   */
  async clear(): Promise<void> {
    if (!(await this.#isOwn())) {
      return;
    }
    await Promise.all(
      ['sandbox.json', 'kubeconfig', 'ca.crt'].map(name =>
        rm(this.#path(name), { force: true }),
      ),
    );
  }

  async #isOwn(): Promise<boolean> {
    const text = await readFile(this.#path('sandbox.json'), 'utf8').catch(
      () => '{}',
    );
    return JSON.parse(text).pid === process.pid;
  }

  /** A reader sees the old file or the new one, never a part. */
  async #replace(name: string, text: string, mode: number): Promise<void> {
    const file = this.#path(name);
    const temporary = `${file}.${process.pid}`;
    await writeFile(temporary, text, { mode });
    await chmod(temporary, mode);
    await rename(temporary, file);
  }

  #path(name: string): string {
    return path.join(this.#folder, name);
  }
}

function kubeconfigOf({ clusters, caCertificate }: Sandbox): string {
  const authority = Buffer.from(caCertificate).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': CLUSTERS[0],
    clusters: CLUSTERS.map(name => ({
      name,
      cluster: {
        server: clusters[name].url,
        'certificate-authority-data': authority,
      },
    })),
    users: CLUSTERS.map(name => ({
      name: `${name}-admin`,
      user: { token: clusters[name].adminToken },
    })),
    contexts: CLUSTERS.map(name => ({
      name,
      context: { cluster: name, user: `${name}-admin` },
    })),
  });
}
