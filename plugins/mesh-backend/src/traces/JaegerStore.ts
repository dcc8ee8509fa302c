import { isError } from '@backstage/errors';
import {
  jaegerErrorText,
  readJaegerNames,
  readJaegerTraces,
  StoredTrace,
  TracePayloadError,
} from 'backstage-plugin-mesh-common';
import { LRUCache } from 'lru-cache';
import { TraceStoreConfig } from '../config';
import {
  contentType,
  failureText,
  jsonOrUndefined,
  limitedText,
} from '../stores/httpAnswer';
import { StoreResult, TraceSearch, TraceStore } from './TraceStore';

const MAX_ANSWERS = 500;
/** Of what the store sent. What is read of it takes about as much. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;
/** Spans keep arriving for a while after a request. */
const TTL_MS = 15_000;
/** A store that fails is asked again sooner than one that answers, but not by every page. */
const FAILURE_TTL_MS = 5_000;

/** What keeping an answer takes even where it says nothing. */
const LEAST_BYTES = 1024;

/** An answer with the length of what the store sent for it. */
interface Kept<T> {
  result: StoreResult<T>;
  bytes: number;
}

/** What an answer of the store is: read to traces, or to names. */
interface Question<T> {
  path: string;
  read(body: unknown): T;
}

/** A Jaeger by its HTTP query API (`/api`, which versions 1 and 2 have). Only GET, and only paths that are built here. */
export class JaegerStore implements TraceStore {
  readonly #config: TraceStoreConfig;
  readonly #traces: LRUCache<string, Kept<StoredTrace[]>>;
  readonly #names: LRUCache<string, Kept<string[]>>;

  static create(
    config: TraceStoreConfig,
    options: { clock?: { now(): number }; maxKeptBytes?: number } = {},
  ): JaegerStore {
    return new JaegerStore(config, options);
  }

  private constructor(
    config: TraceStoreConfig,
    {
      clock = performance,
      maxKeptBytes = MAX_KEPT_BYTES,
    }: { clock?: { now(): number }; maxKeptBytes?: number },
  ) {
    this.#config = config;
    const common = {
      max: MAX_ANSWERS,
      maxSize: maxKeptBytes,
      ttl: TTL_MS,
      ttlResolution: 0,
      perf: clock,
    };
    this.#traces = new LRUCache({
      ...common,
      sizeCalculation: ({ bytes }) => bytes,
      fetchMethod: async (path, _, { options }) =>
        shorterIfFailed(
          await this.#ask({ path, read: readJaegerTraces }),
          options,
        ),
    });
    this.#names = new LRUCache({
      ...common,
      sizeCalculation: ({ bytes }) => bytes,
      fetchMethod: async (path, _, { options }) =>
        shorterIfFailed(
          await this.#ask({ path, read: readJaegerNames }),
          options,
        ),
    });
  }

  get config(): TraceStoreConfig {
    return this.#config;
  }

  async services(): Promise<StoreResult<readonly string[]>> {
    return (await this.#names.forceFetch('/api/services')).result;
  }

  async search(
    search: TraceSearch,
  ): Promise<StoreResult<readonly StoredTrace[]>> {
    const path = `/api/traces?${searchParameters(search)}`;
    return (await this.#traces.forceFetch(path)).result;
  }

  /** The trace of an id, in a list that is empty where the store has none. */
  async trace(id: string): Promise<StoreResult<readonly StoredTrace[]>> {
    const path = `/api/traces/${encodeURIComponent(id)}`;
    return (await this.#traces.forceFetch(path)).result;
  }

  link(id: string): string | undefined {
    const { publicUrl } = this.#config;
    return publicUrl && `${publicUrl}/trace/${encodeURIComponent(id)}`;
  }

  async #ask<T>({ path, read }: Question<T>): Promise<Kept<T>> {
    const askedAt = new Date();
    const { url, headers, timeoutMs } = this.#config;
    try {
      const response = await fetch(`${url}${withTimes(path, askedAt)}`, {
        headers: { ...headers, accept: 'application/json' },
        // Elsewhere the headers would be told to somebody for whom they are not meant.
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await textOf(response);
      return {
        result: { ...this.#read(response, text, read), askedAt },
        bytes: LEAST_BYTES + Buffer.byteLength(text),
      };
    } catch (error) {
      return {
        result: { status: 'failed', message: this.#describe(error), askedAt },
        bytes: LEAST_BYTES,
      };
    }
  }

  #read<T>(
    response: Response,
    text: string,
    read: Question<T>['read'],
  ): { status: 'answered'; value: T } | { status: 'failed'; message: string } {
    const { name } = this.#config;
    const { status } = response;
    const said = `The trace store ${name} answered ${status}`;
    const failed = (message: string) =>
      ({ status: 'failed', message } as const);
    if (isRedirect(response)) {
      return failed(
        `${said}, a redirect, which is not followed: configure the URL that it leads to`,
      );
    }
    const body = jsonOrUndefined(text);
    if (status === 401 || status === 403) {
      return failed(
        `${said}: it does not accept the headers that mesh.traces has for it`,
      );
    }
    const error = jaegerErrorText(body);
    if (status === 404 && error !== undefined) {
      // Jaeger's word for a trace that it does not have.
      return { status: 'answered', value: read({ data: [] }) };
    }
    if (error !== undefined) {
      return failed(`${said}: ${error.slice(0, 300)}`);
    }
    if (!response.ok) {
      return failed(said);
    }
    if (body === undefined) {
      return failed(
        `The trace store ${name} answered with ${
          contentType(response) ?? 'something'
        } that is not JSON: is its URL that of a Jaeger query service?`,
      );
    }
    try {
      return { status: 'answered', value: read(body) };
    } catch (problem) {
      if (problem instanceof TracePayloadError) {
        return failed(
          `The trace store ${name} answered with JSON that is no answer of Jaeger's query API (${problem.message}): are its type and URL right?`,
        );
      }
      throw problem;
    }
  }

  #describe(error: unknown): string {
    const { name, timeoutMs } = this.#config;
    if (isError(error) && error.name === 'TimeoutError') {
      return `The trace store ${name} did not answer within ${
        timeoutMs / 1000
      } s`;
    }
    return `The trace store ${name} cannot be reached: ${failureText(error)}`;
  }
}

const LOOKBACK = 'lookbackSeconds';

/** Without times: who asks the same some seconds later gets the same answer. */
function searchParameters(search: TraceSearch): URLSearchParams {
  const { service, operation, tags, minDuration, maxDuration, limit } = search;
  return new URLSearchParams({
    service,
    ...(operation !== undefined && { operation }),
    ...(Object.keys(tags).length > 0 && { tags: JSON.stringify(tags) }),
    ...(minDuration !== undefined && { minDuration }),
    ...(maxDuration !== undefined && { maxDuration }),
    limit: String(limit),
    [LOOKBACK]: String(search.lookbackSeconds),
  });
}

/** Jaeger takes the time in microseconds; its own `lookback` is for its pages only. */
function withTimes(path: string, now: Date): string {
  const [name, query] = path.split('?');
  if (query === undefined) {
    return path;
  }
  const parameters = new URLSearchParams(query);
  const seconds = Number(parameters.get(LOOKBACK));
  parameters.delete(LOOKBACK);
  parameters.set('start', `${now.getTime() - seconds * 1000}000`);
  parameters.set('end', `${now.getTime()}000`);
  return `${name}?${parameters}`;
}

function shorterIfFailed<T>(
  answer: Kept<T>,
  options: { ttl?: number },
): Kept<T> {
  if (answer.result.status === 'failed') {
    options.ttl = FAILURE_TTL_MS;
  }
  return answer;
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400;
}

/** Nobody reads the body of a redirect. */
async function textOf(response: Response): Promise<string> {
  if (isRedirect(response)) {
    await response.body?.cancel();
    return '';
  }
  return limitedText(response);
}
