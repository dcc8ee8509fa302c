import { createApiRef } from '@backstage/core-plugin-api';
import {
  RouteName,
  RouteParams,
  RouteQuery,
  RouteResponse,
  WriteRouteBody,
  WriteRouteName,
  WriteRouteParams,
  WriteRouteResponse,
} from 'backstage-plugin-mesh-common';

/**
 * What a route of the mesh backend is asked.
 *
 * @public
 */
export interface MeshRequest<R extends RouteName> {
  /** The parameters in the path. */
  params: RouteParams<R>;
  /** The parameters behind the question mark. */
  query: RouteQuery<R>;
}

/**
 * What is written by a route of the mesh backend.
 *
 * @public
 */
export interface MeshWriteRequest<R extends WriteRouteName> {
  /** The parameters in the path. */
  params: WriteRouteParams<R>;
  /** What is sent as JSON. */
  body: WriteRouteBody<R>;
}

/**
 * Reads the answers of the mesh backend.
 *
 * @public
 */
export interface MeshApi {
  /**
   * Asks one route. An answer that did not change since the last time is the same object as then, so that
   * nothing that shows it needs to render again. Rejects with a ResponseError where the backend refuses.
   */
  read<R extends RouteName>(
    route: R,
    request: MeshRequest<R>,
    options?: { signal?: AbortSignal },
  ): Promise<RouteResponse<R>>;

  /** Writes by one route. Rejects with a ResponseError where the backend refuses, which says what is wrong. */
  write<R extends WriteRouteName>(
    route: R,
    request: MeshWriteRequest<R>,
  ): Promise<WriteRouteResponse<R>>;
}

/**
 * The API that the mesh pages read from.
 *
 * @public
 */
export const meshApiRef = createApiRef<MeshApi>({ id: 'plugin.mesh' });
