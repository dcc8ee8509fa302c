import { createServer, Server } from 'node:https';
import { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { createCertificate } from './certificate';

/** What one request is answered with. */
export interface FakeAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** An API server with these objects, on loopback, which remembers what it was asked. */
export class FakeCluster {
  readonly #server: Server;
  /** As PEM. */
  readonly #certificate: string;
  /** Answers that go before all others, by a path without its query; each is given once, and the last one ever after. */
  readonly answers = new Map<string, FakeAnswer[]>();
  readonly requests: { path: string; authorization?: string }[] = [];
  /** Paths of lists, such as `/api/v1/pods`, with their items. */
  readonly lists: ReadonlyMap<string, readonly object[]>;

  static async start(
    lists: Readonly<Record<string, readonly object[]>>,
  ): Promise<FakeCluster> {
    const cluster = new FakeCluster(
      new Map(Object.entries(lists)),
      await createCertificate(),
    );
    await new Promise<void>(resolve =>
      cluster.#server.listen(0, '127.0.0.1', resolve),
    );
    return cluster;
  }

  private constructor(
    lists: ReadonlyMap<string, readonly object[]>,
    certificate: { cert: string; key: string },
  ) {
    this.lists = lists;
    this.#certificate = certificate.cert;
    this.#server = createServer(certificate, (request, response) => {
      const { authorization } = request.headers;
      const path = request.url ?? '/';
      this.requests.push({ path, ...(authorization && { authorization }) });
      const { status, body, headers } = this.#answer(
        new URL(path, 'http://cluster'),
      );
      response.writeHead(status, {
        'content-type': 'application/json',
        ...headers,
      });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `https://127.0.0.1:${port}`;
  }

  /** A kubeconfig with the contexts `prod`, the current one, and `other`. */
  kubeconfig(user: object = { token: 'token-of-ann' }): string {
    const context = { cluster: 'shop', user: 'ann' };
    return stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod',
      clusters: [
        {
          name: 'shop',
          cluster: {
            server: this.url,
            'certificate-authority-data': Buffer.from(
              this.#certificate,
            ).toString('base64'),
          },
        },
      ],
      contexts: [
        { name: 'prod', context },
        { name: 'other', context },
      ],
      users: [{ name: 'ann', user }],
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** A part of a list. */
  page(path: string, start: number, limit: number): FakeAnswer {
    const items = this.lists.get(path) ?? [];
    const end = start + limit;
    return {
      status: 200,
      body: {
        metadata: { ...(end < items.length && { continue: String(end) }) },
        items: items.slice(start, end),
      },
    };
  }

  #answer({ pathname, searchParams }: URL): FakeAnswer {
    const planned = this.answers.get(pathname);
    const next = planned && (planned.length > 1 ? planned.shift() : planned[0]);
    if (next) {
      return next;
    }
    if (pathname === '/version') {
      return { status: 200, body: { gitVersion: 'v1.35.0' } };
    }
    if (this.lists.has(pathname)) {
      const start = Number(searchParams.get('continue') ?? 0);
      return this.page(pathname, start, Number(searchParams.get('limit')));
    }
    const resources = [...this.lists.keys()].filter(
      path => path.slice(0, path.lastIndexOf('/')) === pathname,
    );
    return resources.length > 0
      ? {
          status: 200,
          body: {
            kind: 'APIResourceList',
            resources: resources.map(path => ({
              name: path.slice(path.lastIndexOf('/') + 1),
            })),
          },
        }
      : { status: 404, body: { kind: 'Status', message: 'not found' } };
  }
}
