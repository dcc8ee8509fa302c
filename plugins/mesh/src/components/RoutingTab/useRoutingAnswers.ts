import { ROUTES } from 'backstage-plugin-mesh-common';
import { EntityParams } from '../../hooks/useEntityParams';
import { MeshAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';
import { useUrlState } from '../../hooks/useUrlState';

/** Whether a text names a place to look from: a namespace, or namespace/kind/name of a workload. */
export function isPlace(text: string): boolean {
  return ROUTES.routing.query.safeParse({ from: text }).success;
}

/** The place of the URL from which routes are seen. */
export function usePlace(): string | undefined {
  return useUrlState().get('from');
}

export interface RoutingAnswers {
  routing: MeshAnswer<'routing'>;
  observed: MeshAnswer<'observedRouting'>;
}

/** The answers of the tab. Each comes on its own: configuration does not wait for observation. */
export function useRoutingAnswers(
  entity: EntityParams,
  from: string | undefined,
  windowSeconds: number,
): RoutingAnswers {
  const params = { ...entity };
  return {
    routing: useMeshAnswer('routing', {
      params,
      query: from === undefined ? {} : { from },
    }),
    observed: useMeshAnswer('observedRouting', {
      params,
      query: { window: String(windowSeconds) },
    }),
  };
}
