import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';

/** What a store answers: a text as it is, anything else as JSON. */
export interface Answer {
  status: number;
  body: unknown;
}

export const LOOPBACK = '127.0.0.1';

export const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' };

/** What a proxy in front of a store answers to those who have not signed in. */
export const HTML =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>\n';

export interface LoopbackServerOptions {
  /** `closing` aborts when the server closes. */
  handle(request: IncomingMessage, closing: AbortSignal): Promise<Answer>;
  /** How the store says that it failed itself. */
  failed(message: string): Answer;
}

/** The HTTP server of a simulated store, on loopback. */
export class LoopbackServer {
  readonly #server: Server;
  readonly #closing = new AbortController();

  static create(options: LoopbackServerOptions): LoopbackServer {
    return new LoopbackServer(options);
  }

  private constructor({ handle, failed }: LoopbackServerOptions) {
    const { signal } = this.#closing;
    this.#server = createServer((request, response) => {
      handle(request, signal)
        .then(result => send(response, result))
        .catch(error => {
          if (!signal.aborted) {
            send(response, failed(String(error)));
          }
        });
    });
  }

  /** Listens on a port of the loopback interface (0: any free one); resolves to the URL. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, LOOPBACK, () => {
        this.#server.off('error', reject);
        resolve();
      });
    });
    const address = this.#server.address();
    const bound = typeof address === 'object' && address ? address.port : port;
    return `http://${LOOPBACK}:${bound}`;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const closed = new Promise<void>(resolve =>
      this.#server.close(() => resolve()),
    );
    this.#server.closeAllConnections();
    await closed;
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? textType(body) : 'application/json',
  });
  response.end(isText ? body : JSON.stringify(body));
}

function textType(body: string): string {
  return `text/${body === HTML ? 'html' : 'plain'}; charset=utf-8`;
}
