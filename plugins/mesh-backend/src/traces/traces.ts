import { InputError } from '@backstage/errors';
import {
  DEFAULT_TRACE_LIMIT,
  DEFAULT_TRACE_LOOKBACK,
  FAILURE_TAGS,
  hasFailed,
  parseTags,
  ServiceSearch,
  StoredTrace,
  summarizeTrace,
  TracesAnswer,
  TraceSearchQuery,
  TagSyntaxError,
} from 'backstage-plugin-mesh-common';
import {
  AnswerContext,
  clusterFields,
  clustersOf,
  EntityQuestion,
} from '../answers/context';
import {
  askedAt,
  EntityStore,
  EntityTraces,
  entityTraces,
  ownTraces,
  storeState,
} from './entityTraces';
import { shownSpans } from './shownSpans';
import { StoreResult, TraceStore } from './TraceStore';

interface Asked {
  entityStore: EntityStore;
  /** The names of the entity that the store has. */
  services: string[];
  traces: StoredTrace[];
  /** A search gave as many as were asked for. */
  isFull: boolean;
  results: StoreResult<unknown>[];
}

/** The traces in which an entity has spans. */
export async function tracesAnswer(
  context: AnswerContext,
  question: EntityQuestion,
  query: TraceSearchQuery,
): Promise<TracesAnswer> {
  const entity = entityTraces(context, question);
  const { searches, stores, withoutStore } = entity;
  const limit = query.limit ?? DEFAULT_TRACE_LIMIT;
  const tags = tagsOf(query);
  refuseOtherService(query, entity);
  refuseEmptyRange(query);
  const asked = await Promise.all(
    stores.map(store => ask(store, searches, { ...query, limit, tags })),
  );
  const found = asked
    .flatMap(({ entityStore, traces }) =>
      traces.map(trace => ({ entityStore, trace })),
    )
    .sort((a, b) => startOf(b.trace) - startOf(a.trace));
  const listed = found.slice(0, limit);
  const shownBy = await shownSpans(context, question, listed);
  return {
    entityRef: question.entity.ref,
    measuredAt: askedAt(asked.flatMap(({ results }) => results)),
    stores: asked.map(({ entityStore, results }) =>
      storeState(entityStore, results),
    ),
    withoutStore,
    ...clusterFields(context, clustersOf(context, question)),
    lookbackSeconds: query.lookback ?? DEFAULT_TRACE_LOOKBACK,
    limit,
    services: distinct(asked.flatMap(({ services }) => services)),
    expectedServices: distinct(searches.map(({ service }) => service)),
    traces: listed.map(({ entityStore, trace }) =>
      summarizeTrace({
        trace,
        store: entityStore.store.config.name,
        shown: shownBy(entityStore),
      }),
    ),
    hasMore: found.length > limit || asked.some(({ isFull }) => isFull),
  };
}

async function ask(
  entityStore: EntityStore,
  searches: readonly ServiceSearch[],
  query: Omit<TraceSearchQuery, 'tags'> & {
    limit: number;
    tags: Readonly<Record<string, string>>;
  },
): Promise<Asked> {
  const { store } = entityStore;
  const names = await store.services();
  const known =
    names.status === 'answered'
      ? searches.filter(({ service }) => names.value.includes(service))
      : [];
  const wanted = known.filter(
    ({ service }) => query.service === undefined || service === query.service,
  );
  const results = await Promise.all(
    wanted.flatMap(search => searchesFor(store, search, query)),
  );
  const lists = results.flatMap(result =>
    result.status === 'answered' ? [result.value] : [],
  );
  const traces = new Map(lists.flat().map(trace => [trace.id, trace]));
  return {
    entityStore,
    services: known.map(({ service }) => service),
    traces: ownTraces([...traces.values()], entityStore).filter(
      ({ spans }) =>
        !query.errors ||
        spans.some(span => entityStore.isOwn(span) && hasFailed(span)),
    ),
    isFull: lists.some(list => list.length >= query.limit),
    results: [names, ...results],
  };
}

/** A search for failures is several, since a store finds spans by equal tags only. */
function searchesFor(
  store: TraceStore,
  search: ServiceSearch,
  query: Parameters<typeof ask>[2],
): Promise<StoreResult<readonly StoredTrace[]>>[] {
  const { operation, minDuration, maxDuration, limit, errors } = query;
  return (errors ? FAILURE_TAGS : [{}]).map(failure =>
    store.search({
      service: search.service,
      ...(operation !== undefined && { operation }),
      ...(minDuration !== undefined && { minDuration }),
      ...(maxDuration !== undefined && { maxDuration }),
      tags: { ...query.tags, ...failure, ...search.tags },
      lookbackSeconds: query.lookback ?? DEFAULT_TRACE_LOOKBACK,
      limit,
    }),
  );
}

function tagsOf({ tags = '' }: TraceSearchQuery): Record<string, string> {
  try {
    return parseTags(tags);
  } catch (error) {
    if (error instanceof TagSyntaxError) {
      throw new InputError(`Invalid query parameter "tags": ${error.message}`);
    }
    throw error;
  }
}

/** Nobody looks at another service's traces through an entity. */
function refuseOtherService(
  { service }: TraceSearchQuery,
  { searches }: EntityTraces,
): void {
  const names = distinct(searches.map(search => search.service));
  if (service !== undefined && !names.includes(service)) {
    throw new InputError(
      `Invalid query parameter "service": ${JSON.stringify(
        service,
      )} is no name of this entity in a trace store; its names are ${names.join(
        ', ',
      )}`,
    );
  }
}

const MICROSECONDS: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1e3,
  s: 1e6,
  m: 6e7,
  h: 3.6e9,
};

function refuseEmptyRange({
  minDuration = '0s',
  maxDuration,
}: TraceSearchQuery): void {
  const microseconds = (text: string) => {
    const [, amount, unit] = /^([\d.]+)(.+)$/.exec(text) ?? [];
    return Number(amount) * MICROSECONDS[unit];
  };
  if (
    maxDuration !== undefined &&
    microseconds(minDuration) > microseconds(maxDuration)
  ) {
    throw new InputError(
      `Invalid query parameter "maxDuration": ${maxDuration} is shorter than minDuration, ${minDuration}`,
    );
  }
}

function startOf({ spans }: StoredTrace): number {
  return spans.reduce((min, { startUs }) => Math.min(min, startUs), Infinity);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
