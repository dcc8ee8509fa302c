import { FetchApi } from '@backstage/core-plugin-api';
import { ForwardedError, ResponseError } from '@backstage/errors';
import {
  RouteName,
  RouteResponse,
  WriteRouteName,
  WriteRouteResponse,
} from 'backstage-plugin-mesh-common';
import { AnswerCache } from './AnswerCache';
import { MeshApi, MeshRequest, MeshWriteRequest } from './MeshApi';
import { readAnswer, readRecord } from './readAnswer';
import { requestUrl, writeUrl } from './requestUrl';

type AnswerCaches = { [R in RouteName]: AnswerCache<RouteResponse<R>> };

/**
 * Reads the mesh backend over the portal's fetch API. It asks with the tag of the answer that it has, and
 * hands that very answer out again where the backend says that nothing changed.
 *
 * @public
 */
export class MeshClient implements MeshApi {
  /** Makes a client that has no answers yet. */
  static create(options: { fetchApi: FetchApi }): MeshClient {
    const size = 30;
    return new MeshClient(options.fetchApi, {
      mtls: AnswerCache.create({ size }),
      callers: AnswerCache.create({ size }),
      observedMtls: AnswerCache.create({ size }),
      routing: AnswerCache.create({ size }),
      observedRouting: AnswerCache.create({ size }),
      walk: AnswerCache.create({ size }),
      findings: AnswerCache.create({ size }),
      identities: AnswerCache.create({ size }),
      object: AnswerCache.create({ size }),
      traces: AnswerCache.create({ size }),
      traceOperations: AnswerCache.create({ size }),
      trace: AnswerCache.create({ size: 5 }),
      placements: AnswerCache.create({ size }),
      fleetClusters: AnswerCache.create({ size }),
      observedFleetClusters: AnswerCache.create({ size }),
      fleetServices: AnswerCache.create({ size }),
      readiness: AnswerCache.create({ size }),
      fleetReadiness: AnswerCache.create({ size }),
    });
  }

  readonly #fetchApi: FetchApi;
  readonly #caches: AnswerCaches;

  private constructor(fetchApi: FetchApi, caches: AnswerCaches) {
    this.#fetchApi = fetchApi;
    this.#caches = caches;
  }

  /** Asks one route, see {@link MeshApi.read}. */
  async read<R extends RouteName>(
    route: R,
    request: MeshRequest<R>,
    options?: { signal?: AbortSignal },
  ): Promise<RouteResponse<R>> {
    const url = requestUrl(route, request);
    const cache: AnswerCache<RouteResponse<R>> = this.#caches[route];
    const cached = cache.get(url);
    const response = await this.#fetch(url, {
      headers: {
        accept: 'application/json',
        ...(cached && { 'if-none-match': cached.etag }),
      },
      ...(options?.signal && { signal: options.signal }),
    });
    if (response.status === 304 && cached) {
      return cached.value;
    }
    cache.delete(url);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const value = await readAnswer(route, url, response);
    const etag = response.headers.get('etag');
    if (etag) {
      cache.set(url, { etag, value });
    }
    return value;
  }

  /** Writes by one route, see {@link MeshApi.write}. */
  async write<R extends WriteRouteName>(
    route: R,
    { params, body }: MeshWriteRequest<R>,
  ): Promise<WriteRouteResponse<R>> {
    const url = writeUrl(route, params);
    const response = await this.#fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return readRecord(route, url, response);
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetchApi.fetch(url, init);
    } catch (error) {
      if (init.signal?.aborted) {
        throw error;
      }
      throw new ForwardedError('The mesh backend cannot be reached', error);
    }
  }
}
