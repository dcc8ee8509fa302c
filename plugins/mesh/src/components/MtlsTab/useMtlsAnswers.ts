import { EntityParams } from '../../hooks/useEntityParams';
import { MeshAnswer, useMeshAnswer } from '../../hooks/useMeshAnswer';

export interface MtlsAnswers {
  mtls: MeshAnswer<'mtls'>;
  callers: MeshAnswer<'callers'>;
  observed: MeshAnswer<'observedMtls'>;
  findings: MeshAnswer<'findings'>;
}

/** The answers of the tab. Each comes on its own: configuration does not wait for observation. */
export function useMtlsAnswers(
  entity: EntityParams,
  windowSeconds: number,
): MtlsAnswers {
  const params = { ...entity };
  return {
    mtls: useMeshAnswer('mtls', { params, query: {} }),
    callers: useMeshAnswer('callers', { params, query: {} }),
    observed: useMeshAnswer('observedMtls', {
      params,
      query: { window: String(windowSeconds) },
    }),
    findings: useMeshAnswer('findings', { params, query: {} }),
  };
}
