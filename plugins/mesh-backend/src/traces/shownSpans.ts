import {
  attributeOf,
  isSpanOf,
  placeOf,
  ShownSpan,
  StoredSpan,
  StoredTrace,
  workloadsIn,
} from 'backstage-plugin-mesh-common';
import { AnswerContext, EntityQuestion } from '../answers/context';
import { shownAs, visibilityOf } from '../answers/visibility';
import { EntityStore } from './entityTraces';
import { TraceStore } from './TraceStore';

/** The entities that spans belong to. Many spans have one process, so it is remembered. */
class Owners {
  readonly #context: AnswerContext;
  readonly #known = new Map<string, readonly string[]>();

  constructor(context: AnswerContext) {
    this.#context = context;
  }

  of(store: TraceStore, span: StoredSpan): readonly string[] {
    const { service } = span.process;
    const place = placeOf(span);
    const { name: storeName, clusterLabel } = store.config;
    const cluster = clusterLabel && attributeOf(span, clusterLabel);
    const key = JSON.stringify([storeName, service, place, cluster]);
    const known = this.#known.get(key);
    if (known) {
      return known;
    }
    const namespace =
      place?.namespace ?? service.slice(service.lastIndexOf('.') + 1);
    const refs = this.#context.store.clusters
      .filter(({ name }) => this.#context.traces.of(name) === store)
      .flatMap(({ snapshot }) => [...workloadsIn(snapshot, namespace).values()])
      .filter(workload => isSpanOf(span, workload, clusterLabel))
      .flatMap(({ ref }) => this.#context.store.ownersOf(ref));
    const owners = [...new Set(refs)];
    this.#known.set(key, owners);
    return owners;
  }
}

/**
 * Which spans a caller sees: those of the entity, and those of workloads whose entity they may read. Holders of
 * mesh.fleet.read see all.
 */
export async function shownSpans(
  context: AnswerContext,
  question: EntityQuestion,
  found: readonly { entityStore: EntityStore; trace: StoredTrace }[],
): Promise<(entityStore: EntityStore) => ShownSpan> {
  const owners = new Owners(context);
  const visibility = await visibilityOf(
    question.caller,
    new Set(
      found.flatMap(({ entityStore: { store }, trace }) =>
        trace.spans.flatMap(span => owners.of(store, span)),
      ),
    ),
    context.catalog,
  );
  return ({ store, isOwn }) =>
    span =>
      isOwn(span)
        ? { shown: true, entityRef: question.entity.ref }
        : shownAs(visibility, owners.of(store, span));
}
