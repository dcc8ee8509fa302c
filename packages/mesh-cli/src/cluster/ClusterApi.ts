import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { UsageError } from '../usageError';
import { OpenedContext } from './openKubeconfig';

/** What the API server answered, whatever the status. */
export interface ApiAnswer {
  status: number;
  /** Undefined where it is not JSON. */
  body: unknown;
  /** What the server says of a refusal. */
  message: string;
}

const IDLE_TIMEOUT_MS = 60_000;
const TRIES = 4;
const MOST_SECONDS = 30;

const statusSchema = z.object({ message: z.string() });

/** GET requests to the API of one cluster. */
export class ClusterApi {
  readonly #base: URL;
  readonly #options: https.RequestOptions;
  readonly #context: OpenedContext;
  readonly #closing = new AbortController();

  static async create(context: OpenedContext): Promise<ClusterApi> {
    if (!/^https?:\/\//.test(context.server) || !URL.canParse(context.server)) {
      throw new UsageError(
        `the server of context ${context.name} is no URL with http or https`,
      );
    }
    const options: https.RequestOptions = {};
    try {
      // As kubectl does, nobody's credentials are sent where everybody on the way reads them (`kubectl proxy`).
      if (/^https:/.test(context.server)) {
        await context.config.applyToHTTPSOptions(options);
      }
    } catch (error) {
      throw new UsageError(
        `user ${context.user} of context ${
          context.name
        } has no usable credentials: ${whyNoCredentials(error)}`,
      );
    }
    return new ClusterApi(context, options);
  }

  private constructor(context: OpenedContext, options: https.RequestOptions) {
    this.#context = context;
    this.#options = options;
    // A server may be behind a path.
    this.#base = new URL(context.server.replace(/\/*$/, '/'));
  }

  /** Fails with a UsageError where there is no answer at all, or the credentials are not accepted. */
  async get(path: string): Promise<ApiAnswer> {
    for (let tries = 1; ; tries += 1) {
      const { status, body, retryAfter } = await this.#send(path);
      // The server asks to come back a little later.
      const again = status === 429 || (status === 503 && retryAfter > 0);
      if (!again || tries === TRIES) {
        return this.#answer(status, body);
      }
      await delay(
        Math.min(Math.max(retryAfter, 1), MOST_SECONDS) * 1_000,
        undefined,
        { signal: this.#closing.signal },
      );
    }
  }

  /** Gives up what is still asked, and lets go of the connections. */
  close(): void {
    this.#closing.abort();
    const { agent } = this.#options;
    if (agent instanceof http.Agent) {
      agent.destroy();
    }
  }

  #answer(status: number, body: string): ApiAnswer {
    const json = jsonOrUndefined(body);
    const message =
      statusSchema.safeParse(json).data?.message ?? body.slice(0, 200).trim();
    if (status === 401) {
      const { user, name } = this.#context;
      throw new UsageError(
        `the cluster does not accept the credentials of user ${user} of context ${name} (401 ${message})`,
      );
    }
    return {
      status,
      body: json,
      message: `the API server answered ${status}${message && `: ${message}`}`,
    };
  }

  async #send(
    path: string,
  ): Promise<{ status: number; body: string; retryAfter: number }> {
    const url = new URL(path.replace(/^\//, ''), this.#base);
    const { request } = url.protocol === 'https:' ? https : http;
    try {
      const response = await new Promise<http.IncomingMessage>(
        (resolve, reject) => {
          const sent = request(url, {
            ...this.#options,
            signal: this.#closing.signal,
            headers: {
              ...this.#options.headers,
              accept: 'application/json',
            },
          });
          sent.setTimeout(IDLE_TIMEOUT_MS, () =>
            sent.destroy(
              new Error(`no answer within ${IDLE_TIMEOUT_MS / 1_000} s`),
            ),
          );
          sent.on('response', resolve).on('error', reject).end();
        },
      );
      return {
        status: response.statusCode ?? 0,
        body: await text(response),
        retryAfter: Number(response.headers['retry-after']) || 0,
      };
    } catch (error) {
      throw new UsageError(
        `the cluster of context ${this.#context.name} gives no answer at ${
          url.origin
        }: ${messageOf(error)}`,
      );
    }
  }
}

function jsonOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/** A host with several addresses fails with an error of each, and no message of its own. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError) {
    return error.errors.map(messageOf).join('; ');
  }
  const { message, code } = Object(error);
  return String(message || code || error);
}

/** The output of a program that gives credentials may be the credentials: JSON's errors quote what is wrong. */
function whyNoCredentials(error: unknown): string {
  // By its name: what another library's JSON throws need not be of the same class.
  if (Object(error).name === 'SyntaxError') {
    return 'the output of its exec plugin is no ExecCredential';
  }
  const [line] = messageOf(error).trim().split('\n');
  return line && line !== 'Error'
    ? line
    : 'its exec plugin failed and said nothing';
}
