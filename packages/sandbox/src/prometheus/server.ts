import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Now } from '../world/clock';
import {
  HTML,
  LOOPBACK,
  LoopbackServer,
  NOT_FOUND,
  type Answer,
} from '../http/loopbackServer';
import { answer } from './api';
import { PrometheusFaults } from './faults';
import { Parameters } from './parameters';
import type { SeriesSource } from './promql/series';

export interface PrometheusServerOptions {
  source: SeriesSource;
  now: Now;
  /** The bearer token that is asked for; without one everybody may ask. */
  token?: string;
}

const MAX_BODY = 1_000_000;

const NOTHING: SeriesSource = { select: () => [] };

/** The Prometheus HTTP API on loopback. */
export class PrometheusServer {
  readonly faults = PrometheusFaults.create();
  readonly #options: PrometheusServerOptions;
  readonly #server: LoopbackServer;

  static create(options: PrometheusServerOptions): PrometheusServer {
    return new PrometheusServer(options);
  }

  private constructor(options: PrometheusServerOptions) {
    this.#options = options;
    this.#server = LoopbackServer.create({
      handle: (request, closing) => this.#handle(request, closing),
      failed: message => failure(500, 'internal', message),
    });
  }

  /** Listens on a port of the loopback interface (0: any free one); resolves to the URL. */
  listen(port: number): Promise<string> {
    return this.#server.listen(port);
  }

  close(): Promise<void> {
    return this.#server.close();
  }

  async #handle(
    request: IncomingMessage,
    closing: AbortSignal,
  ): Promise<Answer> {
    const url = new URL(request.url ?? '/', `http://${LOOPBACK}`);
    const fault = this.faults.current;
    if (fault.latencyMs) {
      await delay(fault.latencyMs, undefined, { signal: closing });
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
