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
  TRACE_LIMITS,
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
import { StoreResult, TraceSearch, TraceStore } from './TraceStore';

const WIDEST_SEARCH = Math.max(...TRACE_LIMITS);

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
  const isWanted = (trace: StoredTrace) => isShown(trace, entityStore, query);
  const found = await Promise.all(
    wanted.flatMap(({ service, tags }) =>
      failuresOf(query).map(failure =>
        searchOwn(
          store,
          searchOf(service, query, { ...query.tags, ...failure, ...tags }),
          isWanted,
        ),
      ),
    ),
  );
  const traces = new Map(
    found.flatMap(({ own }) => own).map(trace => [trace.id, trace]),
  );
  return {
    entityStore,
    services: known.map(({ service }) => service),
    traces: [...traces.values()],
    isFull: found.some(({ isFull }) => isFull),
    results: [names, ...found.map(({ result }) => result)],
  };
}

/** Whether a trace is the entity's, and failed there if that is asked for. */
function isShown(
  trace: StoredTrace,
  entityStore: EntityStore,
  { errors }: Pick<TraceSearchQuery, 'errors'>,
): boolean {
  const [own] = ownTraces([trace], entityStore);
  return (
    own !== undefined &&
    (!errors ||
      own.spans.some(span => entityStore.isOwn(span) && hasFailed(span)))
  );
}

interface Found {
  own: StoredTrace[];
  /** There may be more of them. */
  isFull: boolean;
  result: StoreResult<readonly StoredTrace[]>;
}

/**
 * A store finds by a name that others may have as well. Where their traces fill the list, it is asked for the
 * longest one, so that what is shown does not depend on how many others have.
 */
async function searchOwn(
  store: TraceStore,
  search: TraceSearch,
  isWanted: (trace: StoredTrace) => boolean,
): Promise<Found> {
  const result = await store.search(search);
  const list = result.status === 'answered' ? result.value : [];
  const own = list.filter(isWanted);
  const isCut = list.length >= search.limit;
  if (isCut && own.length < search.limit && search.limit < WIDEST_SEARCH) {
    return searchOwn(store, { ...search, limit: WIDEST_SEARCH }, isWanted);
  }
  return { own, isFull: isCut, result };
}

/** A search for failures is several, since a store finds spans by equal tags only. */
function failuresOf({ errors }: Pick<TraceSearchQuery, 'errors'>) {
  return errors ? FAILURE_TAGS : [{}];
}

function searchOf(
  service: string,
  query: Pick<
    TraceSearchQuery,
    'operation' | 'minDuration' | 'maxDuration' | 'lookback'
  > & { limit: number },
  tags: TraceSearch['tags'],
): TraceSearch {
  const { operation, minDuration, maxDuration, limit, lookback } = query;
  return {
    service,
    ...(operation !== undefined && { operation }),
    ...(minDuration !== undefined && { minDuration }),
    ...(maxDuration !== undefined && { maxDuration }),
    tags,
    lookbackSeconds: lookback ?? DEFAULT_TRACE_LOOKBACK,
    limit,
  };
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
