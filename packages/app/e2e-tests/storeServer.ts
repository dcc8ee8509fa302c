import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/** What a store answers to every question. */
export interface StoreAnswer {
  status: number;
  type: string;
  body: string;
}

/** A server in the place of a store, that answers whatever a test says. */
export class StoreServer {
  answer: StoreAnswer = { status: 503, type: 'text/plain', body: '' };
  readonly #server: Server;

  static async start(): Promise<StoreServer> {
    const store = new StoreServer();
    await new Promise<void>((resolve, reject) => {
      store.#server.once('error', reject);
      store.#server.listen(0, '127.0.0.1', resolve);
    });
    return store;
  }

  private constructor() {
    this.#server = createServer((_, response) => {
      const { status, type, body } = this.answer;
      response.writeHead(status, { 'content-type': type }).end(body);
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }
}
