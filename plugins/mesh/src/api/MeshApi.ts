import { createApiRef } from '@backstage/core-plugin-api';
import {
  RouteName,
  RouteParams,
  RouteQuery,
  RouteResponse,
} from 'backstage-plugin-mesh-common';

/**
 * What a route of the mesh backend is asked.
 *
 * @public
 */
export interface MeshRequest<R extends RouteName> {
  params: RouteParams<R>;
  query: RouteQuery<R>;
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
}

/**
 * The API that the mesh pages read from.
 *
 * @public
 */
export const meshApiRef = createApiRef<MeshApi>({ id: 'plugin.mesh' });
