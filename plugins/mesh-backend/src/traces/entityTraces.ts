import {
  isOnCluster,
  isSpanOf,
  placeOf,
  ServiceSearch,
  StoredSpan,
  StoredTrace,
  traceSearches,
  TraceStoreState,
  Workload,
  WorkloadRef,
} from 'backstage-plugin-mesh-common';
import { ClusterPicture, EntityPart } from '../answers/AnswerStore';
import { AnswerContext, EntityQuestion, partsOf } from '../answers/context';
import { StoreResult, TraceStore } from './TraceStore';

/** What of an entity one trace store may have spans of. */
export interface EntityStore {
  store: TraceStore;
  clusters: ClusterPicture[];
  /** Whether a span of this store is of the entity. */
  isOwn(span: StoredSpan): boolean;
}

/** Where the traces of an entity may be. */
export interface EntityTraces {
  stores: EntityStore[];
  /** Clusters of the entity whose traces no store has. */
  withoutStore: string[];
  /** What stores are asked for by. */
  searches: ServiceSearch[];
}

/**
 * The trace stores of the clusters on which an entity runs, and which spans in them are its own: those of its workloads
 * on the clusters of the store, or, where its annotation names a service, those of that service.
 */
export function entityTraces(
  context: AnswerContext,
  question: EntityQuestion,
): EntityTraces {
  const partsOfStore = new Map<TraceStore, EntityPart[]>();
  const withoutStore: string[] = [];
  const parts = partsOf(context, question);
  for (const part of parts) {
    const store = context.traces.of(part.cluster.name);
    if (store) {
      partsOfStore.set(store, [...(partsOfStore.get(store) ?? []), part]);
    } else {
      withoutStore.push(part.cluster.name);
    }
  }
  const { traceService } = question.entity;
  return {
    stores: [...partsOfStore].map(([store, ownParts]) => ({
      store,
      clusters: ownParts.map(({ cluster }) => cluster),
      isOwn: ownSpans(
        ownParts.flatMap(({ workloads }) => workloads),
        traceService,
        store.config.clusterLabel,
      ),
    })),
    withoutStore,
    searches:
      traceService === undefined
        ? searchesOf(parts.flatMap(({ workloads }) => workloads))
        : [{ service: traceService, tags: {} }],
  };
}

function ownSpans(
  workloads: readonly Workload[],
  traceService: string | undefined,
  clusterLabel: string | undefined,
): EntityStore['isOwn'] {
  return traceService === undefined
    ? span => workloads.some(workload => isSpanOf(span, workload, clusterLabel))
    : span =>
        span.process.service === traceService &&
        workloads.some(({ ref }) => isWhere(span, ref, clusterLabel));
}

/** An annotation gives a service another name; it does not lead to where the entity runs nothing. */
function isWhere(
  span: StoredSpan,
  { cluster, namespace }: WorkloadRef,
  clusterLabel: string | undefined,
): boolean {
  const place = placeOf(span);
  return (
    isOnCluster(span, cluster, clusterLabel) &&
    (!place || place.namespace === namespace)
  );
}

/** The traces among these in which the entity has a span: no other is ever served under it. */
export function ownTraces(
  traces: readonly StoredTrace[],
  { isOwn }: EntityStore,
): StoredTrace[] {
  return traces.filter(({ spans }) => spans.some(isOwn));
}

/** What an answer says of a store that was asked. */
export function storeState(
  { store, clusters }: EntityStore,
  results: readonly StoreResult<unknown>[],
): TraceStoreState {
  const failed = results.flatMap(result =>
    result.status === 'failed' ? result.message : [],
  );
  return {
    name: store.config.name,
    clusters: clusters.map(({ name }) => name),
    status: failed.length > 0 ? 'failed' : 'answered',
    ...(failed.length > 0 && { message: [...new Set(failed)].join('; ') }),
  };
}

/** When the stores were asked, by the oldest of their answers; where none was, the current minute. */
export function askedAt(results: readonly StoreResult<unknown>[]): string {
  const minute = 60_000;
  const times = results.map(result => result.askedAt.getTime());
  return new Date(
    times.length > 0
      ? Math.min(...times)
      : Math.floor(Date.now() / minute) * minute,
  ).toISOString();
}

function searchesOf(workloads: readonly Workload[]): ServiceSearch[] {
  const all = workloads.flatMap(traceSearches);
  return [
    ...new Map(all.map(search => [JSON.stringify(search), search])).values(),
  ];
}
