import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { Agent, errors, request, type Dispatcher } from 'undici';
import { createObjectStore } from '../../store/objectStore';
import type { ObjectStore } from '../../store/types';
import { recordOf, type JsonRecord } from '../../store/values';
import { createCertificates, type Certificates } from '../../tls/certificates';
import {
  createApiServer,
  type ApiServer,
  type ApiServerOptions,
} from '../server';

/** Made once for all clusters of a test file. */
let certificates: Promise<Certificates> | undefined;

export const ADMIN = 'admin-token';
export const VIEWER = 'viewer-token';

export interface Answer {
  code: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The body as JSON; an empty record where it is none. */
  body: JsonRecord;
}

export interface CallOptions {
  body?: unknown;
  type?: string;
  accept?: string;
  token?: string;
  headers?: Record<string, string>;
}

export interface TestEvent {
  type: string;
  object: JsonRecord;
}

/** The events of a watch, one after the other. */
export class TestWatch {
  readonly #body: Readable;
  readonly #lines: AsyncIterator<string>;

  constructor(body: Readable) {
    this.#body = body;
    this.#lines = createInterface({ input: body })[Symbol.asyncIterator]();
  }

  /** The next event; undefined at the end of the watch. */
  async next(): Promise<TestEvent | undefined> {
    const { value, done } = await this.#nextLine();
    if (done) {
      return undefined;
    }
    const { type, object } = recordOf(JSON.parse(value));
    return { type: String(type), object: recordOf(object) };
  }

  /** A watch that is broken off has ended. */
  async #nextLine(): Promise<IteratorResult<string>> {
    try {
      return await this.#lines.next();
    } catch (error) {
      if (error instanceof errors.SocketError) {
        return { done: true, value: undefined };
      }
      throw error;
    }
  }

  async take(count: number): Promise<TestEvent[]> {
    const events: TestEvent[] = [];
    while (events.length < count) {
      const event = await this.next();
      if (!event) {
        throw new Error(
          `the watch ended after ${events.length} of ${count} events`,
        );
      }
      events.push(event);
    }
    return events;
  }

  /** All events until the watch ends. */
  async rest(): Promise<TestEvent[]> {
    const events: TestEvent[] = [];
    for (let event = await this.next(); event; event = await this.next()) {
      events.push(event);
    }
    return events;
  }

  close(): void {
    this.#body.destroy();
  }
}

/** An API server on a free port with a store of its own, for tests. */
export class TestCluster {
  readonly store: ObjectStore;
  readonly server: ApiServer;
  readonly url: string;
  readonly caCertificate: string;
  readonly #agent: Agent;

  static async start(
    options: Partial<ApiServerOptions> = {},
  ): Promise<TestCluster> {
    const store = options.store ?? createObjectStore();
    for (const name of ['default', 'shop']) {
      store.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    }
    certificates ??= createCertificates();
    const server = createApiServer({
      store,
      certificates: await certificates,
      tokens: [
        { token: ADMIN, user: 'admin', groups: ['system:masters'] },
        { token: VIEWER, user: 'viewer', groups: ['viewers'] },
      ],
      ...options,
    });
    const { url, caCertificate } = await server.listen();
    return new TestCluster(store, server, url, caCertificate);
  }

  private constructor(
    store: ObjectStore,
    server: ApiServer,
    url: string,
    caCertificate: string,
  ) {
    this.store = store;
    this.server = server;
    this.url = url;
    this.caCertificate = caCertificate;
    this.#agent = new Agent({ connect: { ca: caCertificate } });
  }

  async call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD',
    path: string,
    options: CallOptions = {},
  ): Promise<Answer> {
    const { statusCode, headers, body } = await this.#request(
      method,
      path,
      options,
    );
    const text = await body.text();
    return {
      code: statusCode,
      headers,
      text,
      body: text.startsWith('{') ? recordOf(JSON.parse(text)) : {},
    };
  }

  get(path: string, options: CallOptions = {}): Promise<Answer> {
    return this.call('GET', path, options);
  }

  post(path: string, body: unknown, options: CallOptions = {}) {
    return this.call('POST', path, { ...options, body });
  }

  patch(path: string, type: string, body: unknown, options: CallOptions = {}) {
    return this.call('PATCH', path, { ...options, body, type });
  }

  /** Opens a watch. */
  async watch(path: string, options: CallOptions = {}): Promise<TestWatch> {
    const { statusCode, body } = await this.#request('GET', path, options);
    if (statusCode !== 200) {
      throw new Error(`the watch was refused: ${await body.text()}`);
    }
    return new TestWatch(body);
  }

  #request(
    method: Dispatcher.HttpMethod,
    path: string,
    { body, type, accept, token = ADMIN, headers = {} }: CallOptions,
  ) {
    return request(`${this.url}${path}`, {
      dispatcher: this.#agent,
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && {
          'content-type': type ?? 'application/json',
        }),
        ...(accept && { accept }),
        'user-agent': 'test/1',
        ...headers,
      },
      ...(body !== undefined && {
        body:
          typeof body === 'string' || Buffer.isBuffer(body)
            ? body
            : JSON.stringify(body),
      }),
    });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
    await this.server.close();
  }
}

export function nameOf(object: unknown): string {
  return String(recordOf(recordOf(object).metadata).name);
}

export function summary({ type, object }: TestEvent): string {
  return `${type} ${nameOf(object)}`;
}

export function configMap(
  name: string,
  data: Record<string, string> = { key: 'value' },
  metadata: JsonRecord = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  };
}

export function deployment(name: string, spec: JsonRecord = {}) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: 'web', image: 'web:1', ports: [{ containerPort: 80 }] },
          ],
        },
      },
      ...spec,
    },
  };
}

/** A definition of `things.example.com` with a schema. */
export function thingDefinition(
  spec: JsonRecord = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  },
  version: JsonRecord = {},
) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'things.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'things', kind: 'Thing', shortNames: ['th'] },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec,
                status: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                },
              },
            },
          },
          subresources: { status: {} },
          ...version,
        },
      ],
    },
  };
}

export function thing(name: string, spec: JsonRecord = {}) {
  return {
    apiVersion: 'example.com/v1',
    kind: 'Thing',
    metadata: { name },
    spec,
  };
}
