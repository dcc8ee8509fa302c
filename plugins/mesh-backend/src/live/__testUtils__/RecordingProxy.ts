import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Passes the queries of the portal on to a Prometheus, and remembers their expressions. */
export class RecordingProxy {
  readonly expressions = new Set<string>();
  readonly #server: Server;

  static async start(target: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(target);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(target: string) {
    this.#server = createServer((request, response) => {
      this.#pass(request, target).then(
        ({ status, body }) => {
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(body);
        },
        error => response.writeHead(502).end(String(error)),
      );
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #pass(request: IncomingMessage, target: string) {
    const form = await text(request);
    const query = new URLSearchParams(form).get('query');
    if (query === null) {
      throw new Error(`No query in ${request.method} ${request.url}`);
    }
    this.expressions.add(query);
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form,
    });
    return { status: answer.status, body: await answer.text() };
  }
}
