import { IdentitiesAnswer, identitiesOf } from 'backstage-plugin-mesh-common';
import {
  AnswerContext,
  clusterFields,
  clustersOf,
  EntityQuestion,
  partsOf,
} from './context';

/** Under which service accounts the pods of an entity run, on each cluster. */
export async function identitiesAnswer(
  context: AnswerContext,
  question: EntityQuestion,
): Promise<IdentitiesAnswer> {
  return {
    entityRef: question.entity.ref,
    ...clusterFields(context, clustersOf(context, question)),
    identities: partsOf(context, question).flatMap(({ cluster, workloads }) =>
      identitiesOf(cluster.snapshot, workloads, context.store.meshes),
    ),
  };
}
