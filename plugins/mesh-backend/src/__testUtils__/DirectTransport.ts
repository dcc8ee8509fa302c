import { request as undiciRequest } from 'undici';
import {
  ClusterInfo,
  ClusterList,
  ClusterRequest,
  ClusterResponse,
  ClusterTransport,
  ClusterUnreachableError,
} from '../clusters/ClusterTransport';
import { FakeApiServer } from './FakeApiServer';

/** Speaks to fake API servers without a portal in between. */
export class DirectTransport implements ClusterTransport {
  list: ClusterList;
  readonly #servers = new Map<string, FakeApiServer>();

  constructor(servers: Record<string, FakeApiServer>) {
    this.#servers = new Map(Object.entries(servers));
    this.list = {
      status: 'listed',
      clusters: [...this.#servers.keys()].map(
        (name): ClusterInfo => ({ name }),
      ),
    };
  }

  async clusters(): Promise<ClusterList> {
    return this.list;
  }

  async get({
    cluster,
    path,
    accept,
    signal,
    idleTimeoutMs,
  }: ClusterRequest): Promise<ClusterResponse> {
    const server = this.#servers.get(cluster);
    try {
      const { statusCode, headers, body } = await undiciRequest(
        `${server?.url}${path}`,
        {
          headers: accept ? { accept } : {},
          signal,
          headersTimeout: idleTimeoutMs,
          bodyTimeout: idleTimeoutMs,
        },
      );
      return {
        status: statusCode,
        headers: { 'retry-after': String(headers['retry-after'] ?? '') },
        body: mapErrors(body, signal),
      };
    } catch (error) {
      throw mapped(error, signal);
    }
  }
}

async function* mapErrors(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch (error) {
    throw mapped(error, signal);
  }
}

function mapped(error: unknown, signal: AbortSignal): unknown {
  return signal.aborted
    ? signal.reason
    : new ClusterUnreachableError(String(error));
}
