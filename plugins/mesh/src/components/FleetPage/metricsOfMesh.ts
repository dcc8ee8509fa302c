import { ObservedClusterMesh } from 'backstage-plugin-mesh-common';
import { MeshAnswer } from '../../hooks/useMeshAnswer';
import { errorText } from '../States/AnswerFailure';

/** What is known of what the control planes of a mesh say in their metrics. */
export type MetricsOfMesh =
  | { status: 'loading' }
  /** Nobody can be asked, or nobody answered. */
  | { status: 'unknown'; message: string }
  /** Its metrics tell nothing that is shown here. */
  | { status: 'none' }
  | {
      status: 'measured';
      observed: ObservedClusterMesh;
      measuredAt: string;
      /** Why it could not be asked again since. */
      failure?: string;
    };

/** Of one mesh on one cluster. A part that failed says nothing of the others. */
export function metricsOfMesh(
  answer: MeshAnswer<'observedFleetClusters'>,
  cluster: string,
  mesh: string,
): MetricsOfMesh {
  switch (answer.status) {
    case 'loading':
      return { status: 'loading' };
    case 'loaded': {
      const { clusters, measuredAt } = answer.value;
      const failure = answer.failure && errorText(answer.failure);
      const observed = clusters
        .find(({ name }) => name === cluster)
        ?.meshes.find(one => one.mesh === mesh);
      if (!observed) {
        return { status: 'none' };
      }
      return observed.state === 'measured'
        ? {
            status: 'measured',
            observed,
            measuredAt,
            ...(failure && { failure }),
          }
        : { status: 'unknown', message: observed.message ?? '' };
    }
    default:
      return { status: 'unknown', message: errorText(answer.error) };
  }
}
