import {
  namespaceNameSchema,
  PlacementsAnswer,
} from 'backstage-plugin-mesh-common';
import { MeshTranslate } from '../translation';

/**
 * What the field for a place gives to a template, as far as it is filled in.
 *
 * @public
 */
export interface PlacementValue {
  /** The name of the cluster. */
  cluster?: string;
  /** The namespace on it. */
  namespace?: string;
}

const MAX_CLUSTER = 253;

/**
 * What is wrong with a place, as far as it is known; undefined: nothing. Only a cluster that could be read
 * says that a namespace is not there; without an answer, how names are written is all that is checked.
 */
export function placementProblem(
  t: MeshTranslate,
  { cluster = '', namespace = '' }: PlacementValue,
  answer: PlacementsAnswer | undefined,
): string | undefined {
  if (!cluster) {
    return t('placement.problem.clusterMissing');
  }
  if (cluster.length > MAX_CLUSTER || /[\p{Cc}\u2028\u2029]/u.test(cluster)) {
    return t('placement.problem.clusterLong', { max: String(MAX_CLUSTER) });
  }
  if (!namespace) {
    return t('placement.problem.namespaceMissing');
  }
  if (!namespaceNameSchema.safeParse(namespace).success) {
    return t('placement.problem.namespaceName');
  }
  return answer && unknownPlace(t, cluster, namespace, answer);
}

function unknownPlace(
  t: MeshTranslate,
  cluster: string,
  namespace: string,
  { clusters, clusterListProblem, placements }: PlacementsAnswer,
): string | undefined {
  const state = clusters.find(({ name }) => name === cluster);
  if (!state) {
    return clusterListProblem
      ? undefined
      : t('placement.problem.noCluster', {
          cluster,
          clusters: clusters.map(({ name }) => name).join(', ') || '-',
        });
  }
  const place = placements.find(
    other => other.cluster === cluster && other.namespace === namespace,
  );
  if (!place) {
    return state.status === 'synced'
      ? t('placement.problem.noNamespace', { namespace, cluster })
      : undefined;
  }
  return place.mode.value === 'none'
    ? t('placement.problem.noMesh', { namespace, cluster })
    : undefined;
}
