import { timingSafeEqual } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Now } from '../world/clock';
import { answer, type Answer } from './api';
import { PrometheusFaults } from './faults';
import { Parameters } from './parameters';
import type { SeriesSource } from './promql/series';

export interface PrometheusServerOptions {
  source: SeriesSource;
  now: Now;
  /** The bearer token that is asked for; without one everybody may ask. */
  token?: string;
}

const LOOPBACK = '127.0.0.1';
const MAX_BODY = 1_000_000;

const NOTHING: SeriesSource = { select: () => [] };
const NOT_FOUND: Answer = { status: 404, body: '404 page not found\n' };
const HTML =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in.</body></html>\n';

/** The Prometheus HTTP API on loopback. */
export class PrometheusServer {
  readonly faults = PrometheusFaults.create();
  readonly #options: PrometheusServerOptions;
  readonly #server: Server;
  readonly #closing = new AbortController();

  static create(options: PrometheusServerOptions): PrometheusServer {
    return new PrometheusServer(options);
  }

  private constructor(options: PrometheusServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      this.#handle(request)
        .then(result => send(response, result))
        .catch(error => {
          if (!this.#closing.signal.aborted) {
            send(response, failure(500, 'internal', String(error)));
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

  async #handle(request: IncomingMessage): Promise<Answer> {
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const fault = this.faults.current;
    if (fault.latencyMs) {
      await delay(fault.latencyMs, undefined, { signal: this.#closing.signal });
    }
    if (fault.html) {
      return { status: fault.status ?? 200, body: HTML };
    }
    if (fault.status) {
      return failure(
        fault.status,
        'server_error',
        'the sandbox was told to fail',
      );
    }
    if (url.pathname === '/-/ready' || url.pathname === '/-/healthy') {
      return { status: 200, body: 'Prometheus Server is Ready.\n' };
    }
    if (!this.#isAuthorized(request)) {
      return { status: 401, body: 'Unauthorized\n' };
    }
    const prefix = '/api/v1';
    if (!url.pathname.startsWith(`${prefix}/`)) {
      return NOT_FOUND;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      return { status: 405, body: 'Method Not Allowed\n' };
    }
    const body = await readBody(request);
    if (body === undefined) {
      return { status: 413, body: 'Request Entity Too Large\n' };
    }
    const source = fault.empty ? NOTHING : this.#options.source;
    return (
      answer(
        source,
        url.pathname.slice(prefix.length),
        new Parameters(new URLSearchParams(body), url.searchParams),
        this.#options.now,
      ) ?? NOT_FOUND
    );
  }

  #isAuthorized({ headers }: IncomingMessage): boolean {
    const { token } = this.#options;
    if (token === undefined) {
      return true;
    }
    const expected = Buffer.from(`Bearer ${token}`);
    const given = Buffer.from(headers.authorization ?? '');
    return expected.length === given.length && timingSafeEqual(expected, given);
  }
}

function failure(status: number, errorType: string, error: string): Answer {
  return { status, body: { status: 'error', errorType, error } };
}

/** The body of a form; undefined where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_BODY) {
      return undefined;
    }
  }
  return body;
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
