import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Now } from '../world/clock';
import { answer, failure, type Answer } from './api';
import { JaegerFaults } from './faults';
import type { TraceSource } from './traceModel';

export interface JaegerServerOptions {
  source: TraceSource;
  now: Now;
}

const LOOPBACK = '127.0.0.1';

const NOTHING: TraceSource = { between: () => [], get: () => undefined };
const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' };
const HTML =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>\n';
/** The search of a Tempo. */
const OTHER_FORMAT = { traces: [], metrics: { inspectedTraces: 0 } };

/** Jaeger's query API on loopback. */
export class JaegerServer {
  readonly faults = JaegerFaults.create();
  readonly #options: JaegerServerOptions;
  readonly #server: Server;
  readonly #closing = new AbortController();

  static create(options: JaegerServerOptions): JaegerServer {
    return new JaegerServer(options);
  }

  private constructor(options: JaegerServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request)
        .then(result => send(response, result))
        .catch(error => {
          if (!this.#closing.signal.aborted) {
            send(response, failure(500, String(error)));
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

  async #handle({ url = '/', method }: IncomingMessage): Promise<Answer> {
    const { pathname, searchParams } = new URL(url, `http://${LOOPBACK}`);
    const fault = this.faults.current;
    if (fault.latencyMs) {
      await delay(fault.latencyMs, undefined, { signal: this.#closing.signal });
    }
    if (fault.html) {
      return { status: fault.status ?? 200, body: HTML };
    }
    if (fault.status) {
      return failure(fault.status, 'the sandbox was told to fail');
    }
    if (fault.otherFormat) {
      return { status: 200, body: OTHER_FORMAT };
    }
    if (method !== 'GET') {
      return { status: 405, body: 'Method Not Allowed\n' };
    }
    const { source, now } = this.#options;
    return (
      answer(fault.empty ? NOTHING : source, pathname, searchParams, now) ??
      NOT_FOUND
    );
  }
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText
      ? `text/${body === HTML ? 'html' : 'plain'}; charset=utf-8`
      : 'application/json',
  });
  response.end(isText ? body : JSON.stringify(body));
}
