import { EntityParams } from '../../hooks/useEntityParams';
import { MeshAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';

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
