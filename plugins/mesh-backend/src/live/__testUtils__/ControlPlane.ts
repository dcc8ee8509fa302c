import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { asset } from './assets';
import { freePort, Program } from './Program';

const ADMIN_TOKEN = 'admin';

export interface ApiObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; [field: string]: unknown };
  [field: string]: unknown;
}

const tokenSchema = z.object({ status: z.object({ token: z.string() }) });
type Resource = z.infer<typeof resourcesSchema>['resources'][number];

const resourcesSchema = z.object({
  resources: z.array(
    z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() }),
  ),
});

/** A real etcd and kube-apiserver on loopback, with RBAC, and an administrator of it. */
export class ControlPlane {
  readonly url: string;
  readonly caFile: string;
  readonly #folder: string;
  readonly #programs: Program[];
  readonly #agent: Agent;

  static async start(): Promise<ControlPlane> {
    const folder = await mkdtemp(join(tmpdir(), 'control-plane-'));
    const [etcdPort, peerPort, port] = [
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const etcdUrl = `http://127.0.0.1:${etcdPort}`;
    const peerUrl = `http://127.0.0.1:${peerPort}`;
    const etcd = Program.start(asset('etcd'), [
      ...['--data-dir', join(folder, 'etcd'), '--unsafe-no-fsync'],
      ...['--listen-client-urls', etcdUrl, '--advertise-client-urls', etcdUrl],
      ...['--listen-peer-urls', peerUrl],
      ...['--initial-advertise-peer-urls', peerUrl],
      ...['--initial-cluster', `default=${peerUrl}`],
    ]);
    const key = join(folder, 'service-accounts.key');
    await writeFile(key, privateKey());
    const tokens = join(folder, 'tokens.csv');
    await writeFile(tokens, `${ADMIN_TOKEN},admin,admin,system:masters\n`);
    const certificates = join(folder, 'certificates');
    await mkdir(certificates);
    const apiServer = Program.start(asset('kube-apiserver'), [
      ...['--etcd-servers', etcdUrl, '--bind-address', '127.0.0.1'],
      ...['--secure-port', String(port), '--cert-dir', certificates],
      ...['--service-cluster-ip-range', '10.0.0.0/16'],
      ...['--authorization-mode', 'RBAC', '--token-auth-file', tokens],
      ...['--service-account-issuer', 'https://kubernetes.default'],
      ...['--service-account-key-file', key],
      ...['--service-account-signing-key-file', key],
      // It would wait for tokens that a controller makes.
      ...['--disable-admission-plugins', 'ServiceAccount'],
    ]);
    const caFile = join(certificates, 'apiserver.crt');
    const url = `https://127.0.0.1:${port}`;
    const programs = [apiServer, etcd];
    try {
      await apiServer.until(async () => {
        const agent = new Agent({ connect: { ca: await readFile(caFile) } });
        const { statusCode, body } = await request(`${url}/readyz`, {
          headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
          dispatcher: agent,
        });
        await body.dump();
        await agent.close();
        return statusCode === 200;
      });
    } catch (error) {
      await Promise.all(programs.map(program => program.stop()));
      throw error;
    }
    const agent = new Agent({ connect: { ca: await readFile(caFile) } });
    return new ControlPlane({ url, caFile, folder, programs, agent });
  }

  private constructor(options: {
    url: string;
    caFile: string;
    folder: string;
    programs: Program[];
    agent: Agent;
  }) {
    this.url = options.url;
    this.caFile = options.caFile;
    this.#folder = options.folder;
    this.#programs = options.programs;
    this.#agent = options.agent;
  }

  /** Creates objects or changes them, their status too. */
  async apply(...objects: ApiObject[]): Promise<void> {
    for (const object of objects) {
      const path = `${await this.#path(object)}`;
      const query = 'fieldManager=test&force=true';
      await this.#ask('PATCH', `${path}?${query}`, object);
      if (object.status) {
        await this.#ask('PATCH', `${path}/status?${query}`, object);
      }
    }
  }

  async delete(object: ApiObject): Promise<void> {
    await this.#ask('DELETE', await this.#path(object));
  }

  /** A token of a service account, as TokenRequest makes them. */
  async tokenOf(namespace: string, account: string): Promise<string> {
    const answer = await this.#ask(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${account}/token`,
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: {},
      },
    );
    return tokenSchema.parse(answer).status.token;
  }

  async stop(): Promise<void> {
    await this.#agent.destroy();
    for (const program of this.#programs) {
      await program.stop();
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #path({ apiVersion, kind, metadata }: ApiObject): Promise<string> {
    const root = apiVersion.includes('/')
      ? `/apis/${apiVersion}`
      : `/api/${apiVersion}`;
    const resource = await this.#served(root, kind);
    const { namespace, name } = metadata;
    return resource.namespaced
      ? `${root}/namespaces/${namespace}/${resource.name}/${name}`
      : `${root}/${resource.name}/${name}`;
  }

  /** The resource of a kind, once it is served: a CustomResourceDefinition takes a moment. */
  async #served(root: string, kind: string): Promise<Resource> {
    let found: Resource | undefined;
    await this.#programs[0].until(async () => {
      const { resources } = resourcesSchema.parse(await this.#ask('GET', root));
      found = resources.find(
        one => one.kind === kind && !one.name.includes('/'),
      );
      return found !== undefined;
    });
    if (!found) {
      throw new Error(`${root} has no ${kind}`);
    }
    return found;
  }

  async #ask(
    method: 'GET' | 'PATCH' | 'POST' | 'DELETE',
    path: string,
    body?: object,
  ) {
    const { statusCode, body: answer } = await request(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${ADMIN_TOKEN}`,
        'content-type':
          method === 'PATCH'
            ? 'application/apply-patch+yaml'
            : 'application/json',
      },
      body: body && JSON.stringify(body),
      dispatcher: this.#agent,
    });
    const text = await answer.text();
    if (statusCode >= 300) {
      throw new Error(`${method} ${path} was answered ${statusCode}: ${text}`);
    }
    return JSON.parse(text) as unknown;
  }
}

function privateKey(): string {
  const { privateKey: key } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return key;
}
