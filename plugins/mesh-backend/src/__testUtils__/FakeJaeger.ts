import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What a fake Jaeger answers to a request. */
export interface FakeAnswer {
  status?: number;
  type?: string;
  body: string | object;
}

/** The part of Jaeger's query API that is used, with traces that tests make. */
export class FakeJaeger {
  readonly #server: Server;
  readonly requests: URL[] = [];
  /** As Jaeger writes them. */
  traces: { traceID: string; processes: object; spans: object[] }[] = [];
  services: string[] = [];
  /** Answers this instead, whatever is asked. */
  instead: FakeAnswer | undefined;

  static async start(): Promise<FakeJaeger> {
    const fake = new FakeJaeger();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://jaeger');
      this.requests.push(url);
      const { status = 200, type, body } = this.instead ?? this.#answer(url);
      response
        .writeHead(status, { 'content-type': type ?? 'application/json' })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #answer({ pathname, searchParams }: URL): FakeAnswer {
    const [, id] = /^\/api\/traces\/(\w+)$/.exec(pathname) ?? [];
    if (id !== undefined) {
      const found = this.traces.filter(({ traceID }) => traceID === id);
      return found.length > 0
        ? { body: { data: found } }
        : {
            status: 404,
            type: 'text/plain',
            body: {
              data: null,
              errors: [{ code: 404, msg: 'trace not found' }],
            },
          };
    }
    if (pathname === '/api/services') {
      return { body: { data: this.services } };
    }
    const service = searchParams.get('service');
    const found = this.traces.filter(({ processes }) =>
      JSON.stringify(processes).includes(`"${service}"`),
    );
    const limit = searchParams.get('limit');
    return {
      body: { data: limit === null ? found : found.slice(0, Number(limit)) },
    };
  }
}
