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
import { ApiError } from './status';

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
    const { context, authenticator, faults } = this.#parts;
    const { pathname, searchParams: query } = new URL(
      incoming.url ?? '/',
      'https://localhost',
    );
    const method = incoming.method ?? 'GET';
    const { headers } = incoming;
    const info = requestInfo(method, pathname, query);
    response.setHeader('audit-id', randomUUID());
    response.setHeader('cache-control', 'no-cache, private');
    const fault = faults.of(info.resource);
    if (fault && (await meetFault(fault, response))) {
      return;
    }
    const caller = { query, headers };
    try {
      const request: ApiRequest = {
        method,
        info,
        query,
        headers,
        user: authenticator.authenticate(headers.authorization),
        body: () => readBody(incoming),
      };
      const answer = await handle(context, request);
      if (answer.type === 'watch') {
        this.#stream(request, answer, response);
      } else {
        const {
          code,
          contentType,
          headers: own,
          body,
        } = render(context, caller, answer);
        response.writeHead(code, { 'content-type': contentType, ...own });
        response.end(method === 'HEAD' ? undefined : body);
      }
    } catch (error) {
      refuse(response, asApiError(error));
    }
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
    const forget = faults.watching(resource, drop);
    response.on('close', () => {
      stop();
      forget();
    });
    stop = answer.start({
      send: event => {
        response.write(frame(event));
        if (response.writableLength > LARGEST_BACKLOG) {
          drop();
        }
      },
      end: () => {
        stop();
        response.end();
      },
    });
    if (faults.of(resource)?.dropWatches) {
      drop();
    }
  }
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
