import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { MeshEntity } from '../catalog/meshEntity';
import { ChecklistStore } from '../checklist/ChecklistStore';
import { MeasuredChecklists } from '../checklist/MeasuredChecklists';
import { TrafficWatch } from '../checklist/TrafficWatch';
import { MetricsStores } from '../prometheus/MetricsStores';
import { TraceStores } from '../traces/TraceStores';
import { AnswerStore, ClusterPicture, EntityPart } from './AnswerStore';
import { Caller } from './visibility';

/** What answers are made from. */
export interface AnswerContext {
  store: AnswerStore;
  metrics: MetricsStores;
  traces: TraceStores;
  catalog: CatalogService;
  traffic: TrafficWatch;
  measured: MeasuredChecklists;
  records: ChecklistStore;
}

/** A question about one entity. */
export interface EntityQuestion {
  entity: MeshEntity;
  caller: Caller;
}

/** What of the entity runs where. Throws InputError where its annotation cannot be read. */
export function partsOf(
  { store }: AnswerContext,
  { entity }: EntityQuestion,
): EntityPart[] {
  if (entity.selectionError) {
    throw new InputError(entity.selectionError);
  }
  return store.partsOf(entity);
}

/** The clusters that an answer about an entity speaks of. */
export function clustersOf(
  { store }: AnswerContext,
  { entity }: EntityQuestion,
): ClusterPicture[] {
  return store.clustersOf(entity);
}

/** What every answer about an entity says of where it may run. */
export function entityFields(context: AnswerContext, question: EntityQuestion) {
  const scopeLimit = context.store.scopeLimit(question.entity);
  return {
    entityRef: question.entity.ref,
    ...clusterFields(context, clustersOf(context, question)),
    ...(scopeLimit !== undefined && { scopeLimit }),
  };
}

/** What every answer says of the clusters. */
export function clusterFields(
  context: AnswerContext,
  clusters: readonly ClusterPicture[],
) {
  const { clusterListProblem } = context.store;
  return {
    clusters: clusters.map(({ state }) => state),
    ...(clusterListProblem !== undefined && { clusterListProblem }),
  };
}
