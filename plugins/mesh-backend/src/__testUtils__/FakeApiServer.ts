import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo, Socket } from 'node:net';
import { EventEmitter } from 'node:stream';
import {
  CLUSTER_KIND_IDS,
  KindDefinition,
  KindId,
  KINDS,
} from 'backstage-plugin-mesh-common';
import {
  aggregatedDiscovery,
  plainDiscovery,
  RawObject,
  resourceList,
  sendJson,
  sendStatus,
} from './fakeApi';
import { FakeObjects } from './FakeObjects';

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

const BUILT_IN =
  /^(v1|apps|policy|autoscaling|networking\.k8s\.io|admissionregistration\.k8s\.io|apiextensions\.k8s\.io|apiregistration\.k8s\.io|rbac\.authorization\.k8s\.io)$/;
const CRD: KindId = 'apiextensions.k8s.io/CustomResourceDefinition';

/** As much of the Kubernetes API as the mirror uses, with what goes wrong there at hand. */
export class FakeApiServer {
  /** Where not set, everybody may read. */
  token: string | undefined;
  watchListServed = true;
  aggregatedDiscovery = true;
  /** Answers everything with this status. */
  failing: number | undefined;
  readonly forbidden = new Set<KindId>();
  readonly seen: SeenRequest[] = [];
  readonly #served = new Map<KindId, readonly string[]>();
  readonly #objects = new FakeObjects();
  readonly #happened = new EventEmitter();
  readonly #connections = new Set<Socket>();
  #server: Server;
  #port = 0;

  static async start(): Promise<FakeApiServer> {
    const fake = new FakeApiServer();
    await fake.#listen();
    return fake;
  }

  private constructor() {
    this.#server = this.#makeServer();
    for (const kindId of CLUSTER_KIND_IDS) {
      const { group, versions }: KindDefinition = KINDS[kindId];
      if (BUILT_IN.test(group || 'v1')) {
        this.#served.set(kindId, versions.slice(0, 1));
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many connections are open. */
  get connections(): number {
    return this.#connections.size;
  }

  /** Resolves when those that are open now have ended. */
  async untilUnconnected(): Promise<void> {
    await Promise.all(
      [...this.#connections].map(socket => once(socket, 'close')),
    );
  }

  /** Installs the CustomResourceDefinition of a kind. */
  install(kindId: KindId, versions?: readonly string[]): void {
    const definition: KindDefinition = KINDS[kindId];
    const served = versions ?? definition.versions.slice(0, 1);
    this.#served.set(kindId, served);
    this.put({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${definition.plural}.${definition.group}` },
      spec: {
        group: definition.group,
        names: { kind: definition.kind, plural: definition.plural },
        versions: served.map(name => ({ name, served: true })),
      },
    });
  }

  uninstall(kindId: KindId): void {
    const { plural, group } = KINDS[kindId];
    this.#objects.deleteAll(kindId);
    this.#served.delete(kindId);
    this.delete(CRD, undefined, `${plural}.${group}`);
    this.endWatches(kindId);
  }

  put(object: RawObject): void {
    this.#objects.put(object);
  }

  delete(kindId: KindId, namespace: string | undefined, name: string): void {
    this.#objects.delete(kindId, namespace, name);
  }

  /** Forgets what has been: who watches or pages from before now is told 410. */
  forgetHistory(): void {
    this.#objects.forgetHistory();
  }

  /** Sends a line to the watches of a kind, event or not. */
  send(kindId: KindId, line: string): void {
    this.#objects.send(kindId, line);
  }

  /** Ends watches in order. */
  endWatches(kindId?: KindId): void {
    this.#objects.endWatches(kindId);
  }

  /** The server is gone: connections break, and new ones are refused. */
  async goDown(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async comeBack(): Promise<void> {
    this.#server = this.#makeServer();
    await this.#listen();
  }

  async stop(): Promise<void> {
    if (this.#server.listening) {
      await this.goDown();
    }
  }

  /** Resolves with a request that matches and comes from now on. */
  async nextRequest(
    matches: (request: SeenRequest) => boolean,
  ): Promise<SeenRequest> {
    return new Promise(resolve => {
      const check = (request: SeenRequest) => {
        if (matches(request)) {
          this.#happened.off('request', check);
          resolve(request);
        }
      };
      this.#happened.on('request', check);
    });
  }

  #makeServer(): Server {
    return createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const seen = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
      };
      this.seen.push(seen);
      this.#answer(seen, response);
      this.#happened.emit('request', seen);
    }).on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  #answer(request: SeenRequest, response: ServerResponse): void {
    if (this.failing) {
      sendStatus(response, this.failing, 'It fails');
    } else if (
      this.token &&
      request.headers.authorization !== `Bearer ${this.token}`
    ) {
      sendStatus(response, 401, 'Unauthorized');
    } else if (request.path === '/version') {
      sendJson(response, { gitVersion: 'v1.34.1' });
    } else {
      this.#answerResources(request, response);
    }
  }

  #answerResources(request: SeenRequest, response: ServerResponse): void {
    const [, root, ...rest] = request.path.split('/');
    const [group, version, plural] =
      root === 'api' ? ['', ...rest] : [rest[0] ?? '', rest[1], rest[2]];
    if (!version) {
      sendJson(response, this.#discovery(root, request));
      return;
    }
    const kindId = [...this.#served].find(
      ([id, versions]) =>
        KINDS[id].group === group &&
        KINDS[id].plural === plural &&
        versions.includes(version),
    )?.[0];
    if (!plural) {
      sendJson(response, resourceList(this.#served, group, version));
    } else if (!kindId) {
      response.writeHead(404).end('404 page not found');
    } else if (this.forbidden.has(kindId)) {
      sendStatus(response, 403, `${plural} is forbidden`);
    } else if (
      request.query.get('sendInitialEvents') === 'true' &&
      !this.watchListServed
    ) {
      sendStatus(response, 422, 'sendInitialEvents is forbidden');
    } else if (request.query.get('watch') === 'true') {
      this.#objects.answerWatch(kindId, request.query, response);
    } else {
      this.#objects.answerList(kindId, request.query, response);
    }
  }

  #discovery(root: string, { headers }: SeenRequest): object {
    return this.aggregatedDiscovery &&
      headers.accept?.includes('APIGroupDiscoveryList')
      ? aggregatedDiscovery(this.#served, root)
      : plainDiscovery(this.#served, root);
  }
}
