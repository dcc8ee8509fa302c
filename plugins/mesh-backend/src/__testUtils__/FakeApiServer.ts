import { once } from 'node:events';
import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { EventEmitter } from 'node:stream';
import {
  KIND_IDS,
  KindDefinition,
  KindId,
  KINDS,
} from 'backstage-plugin-mesh-common';
import {
  aggregatedDiscovery,
  bookmark,
  eventLine,
  idOf,
  keyOf,
  plainDiscovery,
  RawObject,
  resourceList,
  selects,
  sendJson,
  sendStatus,
} from './fakeApi';

interface LoggedEvent {
  version: number;
  type: string;
  kindId: KindId;
  object: RawObject;
}

interface OpenWatch {
  kindId: KindId;
  selector: string;
  response: ServerResponse;
}

export interface SeenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}

const BUILT_IN =
  /^(v1|apps|admissionregistration\.k8s\.io|apiextensions\.k8s\.io)$/;
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
  readonly #objects = new Map<KindId, Map<string, RawObject>>();
  readonly #events: LoggedEvent[] = [];
  readonly #watches = new Set<OpenWatch>();
  readonly #happened = new EventEmitter();
  #server: Server;
  #port = 0;
  #version = 100;
  #oldest = 0;

  static async start(): Promise<FakeApiServer> {
    const fake = new FakeApiServer();
    await fake.#listen();
    return fake;
  }

  private constructor() {
    this.#server = this.#makeServer();
    for (const kindId of KIND_IDS) {
      const { group, versions }: KindDefinition = KINDS[kindId];
      if (BUILT_IN.test(group || 'v1')) {
        this.#served.set(kindId, versions.slice(0, 1));
      }
    }
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
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
    for (const { metadata } of [
      ...(this.#objects.get(kindId)?.values() ?? []),
    ]) {
      this.delete(kindId, metadata.namespace, metadata.name);
    }
    this.#served.delete(kindId);
    this.delete(CRD, undefined, `${plural}.${group}`);
    this.endWatches(kindId);
  }

  put(object: RawObject): void {
    const kindId = idOf(object);
    const objects = this.#objectsOf(kindId);
    const key = keyOf(object.metadata.namespace, object.metadata.name);
    const type = objects.has(key) ? 'MODIFIED' : 'ADDED';
    const stored = this.#stamped(object);
    objects.set(key, stored);
    this.#log(type, kindId, stored);
  }

  delete(kindId: KindId, namespace: string | undefined, name: string): void {
    const objects = this.#objectsOf(kindId);
    const known = objects.get(keyOf(namespace, name));
    if (!known) {
      throw new Error(`There is no ${kindId} ${namespace}/${name}`);
    }
    objects.delete(keyOf(namespace, name));
    this.#log('DELETED', kindId, this.#stamped(known));
  }

  /** Forgets what has been: who watches or pages from before now is told 410. */
  forgetHistory(): void {
    this.#oldest = ++this.#version;
  }

  /** Sends a line to the watches of a kind, event or not. */
  send(kindId: KindId, line: string): void {
    for (const watch of this.#watches) {
      if (watch.kindId === kindId) {
        watch.response.write(`${line}\n`);
      }
    }
  }

  /** Ends watches in order. */
  endWatches(kindId?: KindId): void {
    for (const watch of [...this.#watches]) {
      if (!kindId || watch.kindId === kindId) {
        watch.response.end();
      }
    }
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

  #objectsOf(kindId: KindId): Map<string, RawObject> {
    const objects = this.#objects.get(kindId) ?? new Map<string, RawObject>();
    this.#objects.set(kindId, objects);
    return objects;
  }

  #stamped(object: RawObject): RawObject {
    this.#version += 1;
    return {
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.#version) },
    };
  }

  #log(type: string, kindId: KindId, object: RawObject): void {
    const event = { version: this.#version, type, kindId, object };
    this.#events.push(event);
    for (const watch of this.#watches) {
      if (watch.kindId === kindId && selects(watch.selector, object)) {
        watch.response.write(eventLine(type, object));
      }
    }
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
    } else if (request.query.get('watch') === 'true') {
      this.#answerWatch(kindId, request, response);
    } else {
      this.#answerList(kindId, request, response);
    }
  }

  #discovery(root: string, { headers }: SeenRequest): object {
    return this.aggregatedDiscovery &&
      headers.accept?.includes('APIGroupDiscoveryList')
      ? aggregatedDiscovery(this.#served, root)
      : plainDiscovery(this.#served, root);
  }

  #answerList(
    kindId: KindId,
    { query }: SeenRequest,
    response: ServerResponse,
  ): void {
    const limit = Number(query.get('limit') ?? Number.MAX_SAFE_INTEGER);
    const [version, start] = query.get('continue')?.split('.').map(Number) ?? [
      this.#version,
      0,
    ];
    if (version < this.#oldest) {
      sendStatus(response, 410, 'The continue token is too old');
      return;
    }
    const all = [...this.#objectsOf(kindId).values()].filter(object =>
      selects(query.get('labelSelector') ?? '', object),
    );
    const end = start + limit;
    sendJson(response, {
      kind: `${KINDS[kindId].kind}List`,
      metadata: {
        resourceVersion: String(version),
        ...(end < all.length && { continue: `${version}.${end}` }),
      },
      items: all
        .slice(start, end)
        .map(({ apiVersion: _, kind: __, ...item }) => item),
    });
  }

  #answerWatch(
    kindId: KindId,
    { query }: SeenRequest,
    response: ServerResponse,
  ): void {
    const initial = query.get('sendInitialEvents') === 'true';
    const selector = query.get('labelSelector') ?? '';
    if (initial && !this.watchListServed) {
      sendStatus(response, 422, 'sendInitialEvents is forbidden');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    const from = Number(query.get('resourceVersion'));
    if (!initial && from < this.#oldest) {
      const status = { kind: 'Status', code: 410, reason: 'Expired' };
      response.end(`${JSON.stringify({ type: 'ERROR', object: status })}\n`);
      return;
    }
    if (initial) {
      for (const object of this.#objectsOf(kindId).values()) {
        if (selects(selector, object)) {
          response.write(eventLine('ADDED', object));
        }
      }
      response.write(bookmark(kindId, this.#version, true));
    } else {
      for (const { version, type, object, ...event } of this.#events) {
        if (
          event.kindId === kindId &&
          version > from &&
          selects(selector, object)
        ) {
          response.write(eventLine(type, object));
        }
      }
    }
    const watch = { kindId, selector, response };
    this.#watches.add(watch);
    const seconds = Number(query.get('timeoutSeconds'));
    const timer = setTimeout(() => response.end(), seconds * 1000);
    response.on('close', () => {
      clearTimeout(timer);
      this.#watches.delete(watch);
    });
  }
}
