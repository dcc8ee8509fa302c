import { InputError, NotFoundError } from '@backstage/errors';
import {
  DEFAULT_TRACE_LIMIT,
  DEFAULT_TRACE_LOOKBACK,
  normalTraceId,
  TraceAnswer,
  TraceOperationsAnswer,
  traceView,
} from 'backstage-plugin-mesh-common';
import { AnswerContext, EntityQuestion } from '../answers/context';
import { askedAt, entityTraces, ownTraces, storeState } from './entityTraces';
import { shownSpans } from './shownSpans';

/** One trace, if the entity has a span in it. Whether there is another of this id is not told. */
export async function traceAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  traceId: string,
): Promise<TraceAnswer> {
  const id = normalTraceId(traceId);
  if (id === undefined) {
    throw new InputError(`Invalid path parameter "traceId": ${traceId}`);
  }
  const entity = entityTraces(context, question);
  const asked = await Promise.all(
    entity.stores.map(async entityStore => ({
      entityStore,
      result: await entityStore.store.trace(id),
    })),
  );
  const [found] = asked.flatMap(({ entityStore, result }) =>
    result.status === 'answered'
      ? ownTraces(result.value, entityStore).map(trace => ({
          entityStore,
          trace,
        }))
      : [],
  );
  const isComplete =
    entity.withoutStore.length === 0 &&
    asked.every(({ result }) => result.status === 'answered');
  if (!found && isComplete) {
    throw new NotFoundError(
      `There is no trace ${id} with a span of ${question.entity.ref}`,
    );
  }
  return {
    entityRef: question.entity.ref,
    measuredAt: askedAt(asked.map(({ result }) => result)),
    stores: asked.map(({ entityStore, result }) =>
      storeState(entityStore, [result]),
    ),
    withoutStore: entity.withoutStore,
    ...(found && {
      trace: traceView({
        trace: found.trace,
        store: found.entityStore.store.config.name,
        shown: (await shownSpans(context, question, [found]))(
          found.entityStore,
        ),
        link: found.entityStore.store.link(id),
      }),
    }),
  };
}

/**
 * The operations of one of the services of an entity, by its own spans in its latest traces. The store's list of them is
 * not asked for: workloads of others may report under the same name, and their operations are not this entity's.
 */
export async function traceOperationsAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  service: string,
): Promise<TraceOperationsAnswer> {
  const entity = entityTraces(context, question);
  const search = entity.searches.find(one => one.service === service);
  if (!search) {
    throw new NotFoundError(
      `${question.entity.ref} has no service ${service} in a trace store`,
    );
  }
  const asked = await Promise.all(
    entity.stores.map(async entityStore => ({
      entityStore,
      result: await entityStore.store.search({
        ...search,
        lookbackSeconds: DEFAULT_TRACE_LOOKBACK,
        limit: DEFAULT_TRACE_LIMIT,
      }),
    })),
  );
  const operations = asked.flatMap(({ entityStore: { isOwn }, result }) =>
    result.status === 'answered'
      ? result.value
          .flatMap(({ spans }) => spans)
          .filter(span => span.process.service === service && isOwn(span))
          .map(({ name }) => name)
      : [],
  );
  return {
    entityRef: question.entity.ref,
    measuredAt: askedAt(asked.map(({ result }) => result)),
    stores: asked.map(({ entityStore, result }) =>
      storeState(entityStore, [result]),
    ),
    withoutStore: entity.withoutStore,
    service,
    operations: [...new Set(operations)].sort(),
  };
}
