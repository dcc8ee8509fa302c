import { useApi } from '@backstage/core-plugin-api';
import { RouteName, RouteResponse } from 'backstage-plugin-mesh-common';
import { useEffect, useMemo, useReducer, useRef } from 'react';
import { meshApiRef, MeshRequest } from '../api/MeshApi';
import { requestUrl } from '../api/requestUrl';
import { AnswerSource, AnswerState } from './AnswerSource';
import { useRefreshTriggers } from './useRefreshTriggers';

/** What is known of the answer, and how to ask again. */
export type MeshAnswer<R extends RouteName> = AnswerState<RouteResponse<R>> & {
  refresh: () => void;
};

/** An answer that is there. */
export type LoadedAnswer<R extends RouteName> = Extract<
  MeshAnswer<R>,
  { status: 'loaded' }
>;

/**
 * The answer of one route, kept current: asked again when the backend signals a change, when the page
 * comes back into view, and slowly in between.
 */
export function useMeshAnswer<R extends RouteName>(
  route: R,
  request: MeshRequest<R>,
): MeshAnswer<R> {
  const api = useApi(meshApiRef);
  const url = requestUrl(route, request);
  const latest = useRef(request);
  latest.current = request;
  const source = useMemo(() => {
    const asked = latest.current;
    return AnswerSource.create<RouteResponse<R>>({
      read: signal => api.read(route, asked, { signal }),
    });
    // The URL says all that is in the request.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, route, url]);
  const [, rerender] = useReducer((count: number) => count + 1, 0);

  useEffect(() => {
    const unsubscribe = source.subscribe(rerender);
    source.refresh();
    return () => {
      unsubscribe();
      source.abort();
    };
  }, [source]);

  useRefreshTriggers(source);

  return useMemo(
    () => ({ ...source.state, refresh: () => void source.refresh() }),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [source, source.state],
  );
}
