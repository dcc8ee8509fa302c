import { isError } from '@backstage/errors';
import { Sample } from 'backstage-plugin-mesh-common';
import { LRUCache } from 'lru-cache';
import { PrometheusConfig } from '../config';
import {
  contentType,
  failureText,
  jsonOrUndefined,
  limitedText,
} from '../stores/httpAnswer';
import { errorTextOf, samplesOf } from './queryResponse';

/** What a store answered to one expression. */
export type QueryResult =
  | { status: 'measured'; samples: readonly Sample[]; askedAt: Date }
  /** Its message is for people, names the store, and holds no secret. */
  | { status: 'unreachable'; message: string; askedAt: Date };

const MAX_ANSWERS = 1_000;
const MAX_KEPT_SAMPLES = 1_000_000;
/** A store that fails is asked again sooner than one that answers, but not by every page. */
const FAILURE_TTL_MS = 5_000;

/** Asks one metrics store. Answers are kept for a scrape interval, in which they would not change. */
export class PrometheusStore {
  readonly #config: PrometheusConfig;
  readonly #answers: LRUCache<string, QueryResult>;

  static create(
    config: PrometheusConfig,
    options: { clock?: { now(): number } } = {},
  ): PrometheusStore {
    return new PrometheusStore(config, options.clock ?? performance);
  }

  private constructor(config: PrometheusConfig, clock: { now(): number }) {
    this.#config = config;
    this.#answers = new LRUCache({
      max: MAX_ANSWERS,
      maxSize: MAX_KEPT_SAMPLES,
      sizeCalculation: result =>
        1 + (result.status === 'measured' ? result.samples.length : 0),
      ttl: config.scrapeIntervalMs,
      ttlResolution: 0,
      perf: clock,
      fetchMethod: async (expression, _, { options }) => {
        const result = await this.#ask(expression);
        if (result.status === 'unreachable') {
          options.ttl = Math.min(FAILURE_TTL_MS, config.scrapeIntervalMs);
        }
        return result;
      },
    });
  }

  get name(): string {
    return this.#config.name;
  }

  /** The value of an expression now. Never rejects; who asks the same meanwhile gets the same answer. */
  async query(expression: string): Promise<QueryResult> {
    return this.#answers.forceFetch(expression);
  }

  async #ask(expression: string): Promise<QueryResult> {
    const askedAt = new Date();
    try {
      const response = await this.#post(expression);
      const answer = await this.#read(response);
      return 'samples' in answer
        ? { status: 'measured', samples: answer.samples, askedAt }
        : { status: 'unreachable', message: answer.failure, askedAt };
    } catch (error) {
      return {
        status: 'unreachable',
        message: this.#describe(error),
        askedAt,
      };
    }
  }

  async #post(expression: string): Promise<Response> {
    const { url, headers, timeoutMs } = this.#config;
    return fetch(`${url}/api/v1/query`, {
      method: 'POST',
      headers: { ...headers, accept: 'application/json' },
      body: new URLSearchParams({
        query: expression,
        timeout: `${timeoutMs}ms`,
      }),
      // Elsewhere the headers would be told to somebody for whom they are not meant.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
  }

  async #read(
    response: Response,
  ): Promise<{ samples: Sample[] } | { failure: string }> {
    const { name } = this.#config;
    const { status } = response;
    const said = `The metrics store ${name} answered ${status}`;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      return {
        failure: `${said}, a redirect, which is not followed: configure the URL that it leads to`,
      };
    }
    const body = jsonOrUndefined(await limitedText(response));
    const error = errorTextOf(body);
    if (status === 401 || status === 403) {
      return {
        failure: `${said}: it does not accept the headers that mesh.prometheus has for it`,
      };
    }
    if (error !== undefined) {
      return { failure: `${said}: ${error.slice(0, 300)}` };
    }
    if (!response.ok) {
      return { failure: said };
    }
    const samples = samplesOf(body);
    if (samples) {
      return { samples };
    }
    return {
      failure:
        body === undefined
          ? `The metrics store ${name} answered with ${
              contentType(response) ?? 'something'
            } that is not JSON: is its URL that of a Prometheus query API?`
          : `The metrics store ${name} answered with JSON that is no answer of the Prometheus query API`,
    };
  }

  #describe(error: unknown): string {
    const { name, timeoutMs } = this.#config;
    if (isError(error) && error.name === 'TimeoutError') {
      return `The metrics store ${name} did not answer within ${
        timeoutMs / 1000
      } s`;
    }
    return `The metrics store ${name} cannot be reached: ${failureText(error)}`;
  }
}
