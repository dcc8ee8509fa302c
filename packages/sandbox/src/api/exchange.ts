import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { TokenAuthenticator } from '../auth/tokens';
import type { Fault, Faults } from '../faults/faults';
import { htmlPage, refusalOf } from '../faults/refusal';
import type { WatchAnswer } from './answer';
import type { ApiContext } from './context';
import { handle } from './handler';
import { render, watchFrames } from './render';
import { requestInfo, type ApiRequest } from './requestInfo';
import { ApiError, badRequest } from './status';

const LARGEST_BODY = 3 * 1024 * 1024;
/** A watch is ended when its client leaves so much unread. */
const LARGEST_BACKLOG = 64 * 1024 * 1024;

interface ExchangeParts {
  context: ApiContext;
  authenticator: TokenAuthenticator;
  faults: Faults;
}

/** Brings HTTP requests to the handlers and their answers back: faults, the caller, the form, and the streams. */
export class Exchange {
  readonly #parts: ExchangeParts;

  static create(parts: ExchangeParts): Exchange {
    return new Exchange(parts);
  }

  private constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  answer(incoming: IncomingMessage, response: ServerResponse): void {
    this.#answer(incoming, response).catch(error => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  }

  async #answer(
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    response.setHeader('audit-id', randomUUID());
    response.setHeader('cache-control', 'no-cache, private');
    try {
      const { method = 'GET', headers } = incoming;
      const { pathname, searchParams: query } = urlOf(incoming);
      const info = requestInfo(method, pathname, query);
      const fault = this.#parts.faults.of(info.resource);
      if (fault && (await meetFault(fault, response))) {
        return;
      }
      const user = this.#parts.authenticator.authenticate(
        headers.authorization,
      );
      const body = () => readBody(incoming);
      await this.#handle(
        { method, info, query, headers, user, body },
        response,
      );
    } catch (error) {
      refuse(response, asApiError(error));
    }
  }

  async #handle(request: ApiRequest, response: ServerResponse): Promise<void> {
    const { context } = this.#parts;
    const answer = await handle(context, request);
    if (answer.type === 'watch') {
      this.#stream(request, answer, response);
      return;
    }
    const wire = render(context, request, answer);
    response.writeHead(wire.code, {
      'content-type': wire.contentType,
      ...wire.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : wire.body);
  }

  #stream(
    request: ApiRequest,
    answer: WatchAnswer,
    response: ServerResponse,
  ): void {
    const { context, faults } = this.#parts;
    const { contentType, frame } = watchFrames(context, request, answer);
    const { resource } = request.info;
    response.writeHead(200, { 'content-type': contentType });
    response.flushHeaders();
    const drop = () => response.destroy();
    let stop = () => {};
    // The objects with which the watch begins do not count: the client has asked for them.
    let limit = Infinity;
    const forget = faults.watching(resource, drop);
    response.on('close', () => {
      stop();
      forget();
    });
    stop = answer.start({
      send: event => {
        response.write(frame(event));
        if (response.writableLength > limit) {
          drop();
        }
      },
      end: () => {
        stop();
        response.end();
      },
    });
    limit = response.writableLength + LARGEST_BACKLOG;
    if (faults.of(resource)?.dropWatches) {
      drop();
    }
    if (response.destroyed) {
      stop();
    }
  }
}

/** The path and query of a request; 400 where the request has none that can be read. */
function urlOf({ url = '/' }: IncomingMessage): URL {
  if (!URL.canParse(url, 'https://localhost')) {
    throw badRequest(`the path ${JSON.stringify(url)} cannot be read`);
  }
  return new URL(url, 'https://localhost');
}

/** Lets a request meet a fault; true where the fault has answered it. */
async function meetFault(
  fault: Fault,
  response: ServerResponse,
): Promise<boolean> {
  if (fault.latencyMs) {
    await delay(fault.latencyMs);
  }
  const refusal = refusalOf(fault);
  if (!refusal) {
    return false;
  }
  if (fault.html) {
    response.writeHead(refusal.code, {
      'content-type': 'text/html',
      ...retryAfter(refusal),
    });
    response.end(htmlPage(refusal.code));
  } else {
    refuse(response, refusal);
  }
  return true;
}

function refuse(response: ServerResponse, error: ApiError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(error.code, {
    'content-type': 'application/json',
    ...retryAfter(error),
    // What is left of a body that was refused is not read.
    ...(error.code === 413 && { connection: 'close' }),
  });
  response.end(`${JSON.stringify(error.status)}\n`);
}

function retryAfter(error: ApiError): Record<string, string> {
  const seconds = error.status.details?.retryAfterSeconds;
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

/** A failure that is no refusal is a defect of the sandbox: the client sees which. */
function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(
    500,
    'InternalError',
    `Internal error occurred: ${message}`,
    { causes: [{ message }] },
  );
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > LARGEST_BODY) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${LARGEST_BODY}`,
        {},
      );
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
