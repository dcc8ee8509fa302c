import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The part of the query API that is used, with answers that tests make. */
export class FakePrometheus {
  readonly #server: Server;
  readonly queries: string[] = [];
  /** The samples for an expression. */
  answer: (query: string) => { labels: object; value: number }[] = () => [];
  /** Answers with this status instead. */
  failing: number | undefined;

  static async start(): Promise<FakePrometheus> {
    const fake = new FakePrometheus();
    fake.#server.listen(0, '127.0.0.1');
    await once(fake.#server, 'listening');
    return fake;
  }

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const query = new URLSearchParams(await text(request)).get('query') ?? '';
      this.queries.push(query);
      response
        .writeHead(this.failing ?? 200, { 'content-type': 'application/json' })
        .end(
          JSON.stringify({
            status: 'success',
            data: {
              resultType: 'vector',
              result: this.answer(query).map(({ labels, value }) => ({
                metric: labels,
                value: [1, String(value)],
              })),
            },
          }),
        );
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
}
