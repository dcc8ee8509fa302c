import {
  isSpanOf,
  placeOf,
  ServiceSearch,
  StoredSpan,
  StoredTrace,
  traceSearches,
  TraceStoreState,
  Workload,
} from 'backstage-plugin-mesh-common';
import { ClusterPicture } from '../answers/AnswerStore';
import { AnswerContext, EntityQuestion, partsOf } from '../answers/context';
import { StoreResult, TraceStore } from './TraceStore';

/** What of an entity one trace store may have spans of. */
export interface EntityStore {
  store: TraceStore;
  clusters: ClusterPicture[];
  workloads: Workload[];
}

/** Where the traces of an entity may be. */
export interface EntityTraces {
  stores: EntityStore[];
  /** Clusters of the entity whose traces no store has. */
  withoutStore: string[];
  /** What stores are asked for by. */
  searches: ServiceSearch[];
  /** Whether a span is of the entity. */
  isOwn(span: StoredSpan): boolean;
}

/**
 * The trace stores of the clusters on which an entity runs, and which spans in them are its own: those of its workloads,
 * or, where its annotation names a service, those of that service.
 */
export function entityTraces(
  context: AnswerContext,
  question: EntityQuestion,
): EntityTraces {
  const stores = new Map<TraceStore, EntityStore>();
  const withoutStore: string[] = [];
  const parts = partsOf(context, question);
  for (const { cluster, workloads } of parts) {
    const store = context.traces.of(cluster.name);
    if (!store) {
      withoutStore.push(cluster.name);
    } else {
      const known = stores.get(store);
      stores.set(store, {
        store,
        clusters: [...(known?.clusters ?? []), cluster],
        workloads: [...(known?.workloads ?? []), ...workloads],
      });
    }
  }
  const workloads = parts.flatMap(part => part.workloads);
  const { traceService } = question.entity;
  return {
    stores: [...stores.values()],
    withoutStore,
    ...(traceService === undefined
      ? {
          searches: searchesOf(workloads),
          isOwn: span => workloads.some(workload => isSpanOf(span, workload)),
        }
      : {
          searches: [{ service: traceService, tags: {} }],
          isOwn: span =>
            span.process.service === traceService && isWhere(span, workloads),
        }),
  };
}

/** An annotation gives a service another name; it does not lead to where the entity runs nothing. */
function isWhere(span: StoredSpan, workloads: readonly Workload[]): boolean {
  const place = placeOf(span);
  return (
    !place || workloads.some(({ ref }) => ref.namespace === place.namespace)
  );
}

/** The traces among these in which the entity has a span: no other is ever served under it. */
export function ownTraces(
  traces: readonly StoredTrace[],
  { isOwn }: EntityTraces,
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
