import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Kubeconfig {
  contexts: { name: string; context: { cluster: string; user: string } }[];
  clusters: {
    name: string;
    cluster: { server: string; 'certificate-authority-data': string };
  }[];
  users: { name: string; user: { token: string } }[];
}

/** The kubeconfig that the sandbox wrote. */
export function kubeconfigPath(): string {
  const state = process.env.MESH_E2E_STATE;
  if (!state) {
    throw new Error('The global setup has not told where its state is');
  }
  return join(state, 'kubeconfig');
}

/** Sends a JSON patch to an object, with the credentials of a context of the kubeconfig. */
export async function patchObject(
  contextName: string,
  path: string,
  operations: readonly object[],
): Promise<void> {
  const { server, ca, token } = credentialsOf(contextName);
  const answer = await send(`${server}${path}`, ca, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json-patch+json',
    },
    body: JSON.stringify(operations),
  });
  if (answer.status !== 200) {
    throw new Error(`PATCH ${path}: HTTP ${answer.status}: ${answer.body}`);
  }
}

function credentialsOf(contextName: string) {
  const config: Kubeconfig = parse(readFileSync(kubeconfigPath(), 'utf8'));
  const context = named(config.contexts, contextName).context;
  const { cluster } = named(config.clusters, context.cluster);
  return {
    server: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    token: named(config.users, context.user).user.token,
  };
}

function named<T extends { name: string }>(entries: T[], name: string): T {
  const entry = entries.find(candidate => candidate.name === name);
  if (!entry) {
    throw new Error(`The kubeconfig has no ${name}`);
  }
  return entry;
}

function send(
  url: string,
  ca: Buffer,
  options: { method: string; headers: Record<string, string>; body: string },
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { method, headers, body } = options;
    const sent = request(url, { method, headers, ca }, response => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', chunk => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: text }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A kubectl that there is, or undefined: from KUBECTL, KUBEBUILDER_ASSETS or PATH. */
export function findKubectl(): string | undefined {
  const assets = process.env.KUBEBUILDER_ASSETS;
  const candidates = [
    process.env.KUBECTL,
    assets && join(assets, 'kubectl'),
    'kubectl',
  ];
  return candidates.find(
    candidate =>
      candidate && spawnSync(candidate, ['version', '--client']).status === 0,
  );
}

/** Runs kubectl against a context of the sandbox. */
export function kubectl(
  command: string,
  contextName: string,
  args: readonly string[],
): void {
  const result = spawnSync(
    command,
    ['--kubeconfig', kubeconfigPath(), '--context', contextName, ...args],
    { encoding: 'utf8' },
  );
  if (result.status !== 0) {
    throw new Error(`kubectl ${args.join(' ')}: ${result.stderr}`);
  }
}
