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
import { answer, failure } from './api';
import { JaegerFaults } from './faults';
import type { TraceSource } from './traceModel';

export interface JaegerServerOptions {
  source: TraceSource;
  now: Now;
}

const NOTHING: TraceSource = { between: () => [], get: () => undefined };
/** The search of a Tempo. */
const OTHER_FORMAT = { traces: [], metrics: { inspectedTraces: 0 } };

/** Jaeger's query API on loopback. */
export class JaegerServer {
  readonly faults = JaegerFaults.create();
  readonly #options: JaegerServerOptions;
  readonly #server: LoopbackServer;

  static create(options: JaegerServerOptions): JaegerServer {
    return new JaegerServer(options);
  }

  private constructor(options: JaegerServerOptions) {
    this.#options = options;
    this.#server = LoopbackServer.create({
      handle: (request, closing) => this.#handle(request, closing),
      failed: message => failure(500, message),
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
    { url = '/', method }: IncomingMessage,
    closing: AbortSignal,
  ): Promise<Answer> {
    const { pathname, searchParams } = new URL(url, `http://${LOOPBACK}`);
    const fault = this.faults.current;
    if (fault.latencyMs) {
      await delay(fault.latencyMs, undefined, { signal: closing });
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
