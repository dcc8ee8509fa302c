import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { request as undiciRequest } from 'undici';
import { z } from 'zod';
import { jsonOrUndefined, readRefusal } from './apiErrors';
import { ClusterAccess, ClusterLogin } from './ClusterLogin';
import { ClusterSource } from './ClusterSource';
import {
  ClusterList,
  ClusterRequest,
  ClusterResponse,
  ClusterTransport,
  ClusterUnreachableError,
} from './ClusterTransport';
import {
  asUnreachable,
  plainHeaders,
  unreachableOnFailure,
} from './transportResponse';
import { withoutAddresses } from './withoutAddresses';

export interface ApiServerTransportOptions {
  source: ClusterSource;
  logger: LoggerService;
  /** See ClusterLogin. */
  login?: { validMs?: number; retryMs?: number };
}

/** Speaks to API servers directly, with credentials from a kubeconfig or of the pod. */
export class ApiServerTransport implements ClusterTransport {
  readonly #options: ApiServerTransportOptions;
  readonly #logins = new Map<string, ClusterLogin>();

  static create(options: ApiServerTransportOptions): ApiServerTransport {
    return new ApiServerTransport(options);
  }

  private constructor(options: ApiServerTransportOptions) {
    this.#options = options;
  }

  async clusters(): Promise<ClusterList> {
    try {
      const names = await this.#options.source.names();
      return { status: 'listed', clusters: names.map(name => ({ name })) };
    } catch (error) {
      return {
        status: 'unreachable',
        message: withoutAddresses(toError(error).message),
      };
    }
  }

  async get(request: ClusterRequest): Promise<ClusterResponse> {
    const login = this.#loginOf(request.cluster);
    try {
      const access = await login.access();
      const response = await this.#send(request, access);
      if (response.status !== 401) {
        return response;
      }
      const refusal = await readRefusal(response.body);
      const renewed = await login.renewed(access);
      if (!renewed) {
        throw refused(access, refusal);
      }
      const second = await this.#send(request, renewed);
      if (second.status === 401) {
        throw refused(renewed, await readRefusal(second.body));
      }
      return second;
    } catch (error) {
      throw asUnreachable(error, request.signal);
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#logins.values()].map(one => one.close()));
  }

  #loginOf(name: string): ClusterLogin {
    let login = this.#logins.get(name);
    if (!login) {
      const { source, logger, login: options } = this.#options;
      login = ClusterLogin.create({ source, name, logger, ...options });
      this.#logins.set(name, login);
    }
    return login;
  }

  async #send(
    { path, accept, idleTimeoutMs, signal }: ClusterRequest,
    { server, headers, dispatcher }: ClusterAccess,
  ): Promise<ClusterResponse> {
    const response = await undiciRequest(`${server}${path}`, {
      method: 'GET',
      headers: {
        'accept-encoding': 'identity',
        ...(accept && { accept }),
        ...headers,
      },
      signal,
      dispatcher,
      headersTimeout: idleTimeoutMs,
      bodyTimeout: idleTimeoutMs,
    });
    return {
      status: response.statusCode,
      headers: plainHeaders(response.headers),
      body: unreachableOnFailure(response.body, signal),
    };
  }
}

/** The cluster was reached, and there is nothing that the portal can do about its answer. */
function refused(
  { account, headers }: ClusterAccess,
  text: string,
): ClusterUnreachableError {
  const { data } = z
    .object({ message: z.string() })
    .safeParse(jsonOrUndefined(text));
  const expired = expiryOf(headers.authorization);
  return new ClusterUnreachableError(
    `the cluster does not accept the credentials of ${account} (401${
      data ? ` ${data.message}` : ''
    })${expired ? `: the token has expired at ${expired}` : ''}`,
  );
}

/** When a token has expired, where it says so itself. */
function expiryOf(authorization: string | undefined): string | undefined {
  const [, payload] = authorization?.split('.') ?? [];
  const { data } = z
    .object({ exp: z.number() })
    .safeParse(
      jsonOrUndefined(Buffer.from(payload ?? '', 'base64url').toString()),
    );
  return data && data.exp * 1000 < Date.now()
    ? new Date(data.exp * 1000).toISOString()
    : undefined;
}
