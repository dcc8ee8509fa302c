import type { Answer } from '../http/loopbackServer';
import type { Now } from '../world/clock';
import { instantQuery, rangeQuery, selectorOf } from './engine';
import type { Parameters } from './parameters';
import { BadQuery, ExecutionError } from './promql/errors';
import type { Labels, SeriesSource } from './promql/series';

const VERSION = '3.5.0';

/** How far back series are looked for where a request gives no start. */
const DAY = 24 * 3_600_000;

/** The answer of the Prometheus HTTP API to a path below `/api/v1`; undefined where there is no such path. */
export function answer(
  source: SeriesSource,
  path: string,
  parameters: Parameters,
  now: Now,
): Answer | undefined {
  try {
    const data = dataOf(source, path, parameters, now);
    return data === undefined
      ? undefined
      : { status: 200, body: { status: 'success', data } };
  } catch (error) {
    if (error instanceof BadQuery || error instanceof ExecutionError) {
      return {
        status: error instanceof BadQuery ? 400 : 422,
        body: {
          status: 'error',
          errorType: error.errorType,
          error: error.message,
        },
      };
    }
    throw error;
  }
}

function dataOf(
  source: SeriesSource,
  path: string,
  parameters: Parameters,
  now: Now,
): unknown {
  switch (path) {
    case '/query':
      return instantQuery(
        source,
        queryOf(parameters),
        parameters.time('time', now()),
      );
    case '/query_range':
      return rangeQuery(
        source,
        queryOf(parameters),
        parameters.time('start'),
        parameters.time('end'),
        parameters.duration('step'),
      );
    case '/series':
      if (parameters.all('match[]').length === 0) {
        throw new BadQuery('no match[] parameter provided');
      }
      return labelSets(source, parameters, now);
    case '/labels':
      return distinctNames(
        labelSets(source, parameters, now).flatMap(labels =>
          Object.keys(labels),
        ),
      );
    case '/status/buildinfo':
      return {
        version: VERSION,
        revision: 'mesh-sandbox',
        branch: 'sandbox',
        buildUser: '',
        buildDate: '',
        goVersion: '',
      };
    default:
      return labelValues(source, path, parameters, now);
  }
}

function labelValues(
  source: SeriesSource,
  path: string,
  parameters: Parameters,
  now: Now,
): string[] | undefined {
  const encoded = /^\/label\/([^/]+)\/values$/.exec(path)?.[1];
  if (encoded === undefined) {
    return undefined;
  }
  const label = decodeURIComponent(encoded);
  if (!/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
    throw new BadQuery(`invalid label name: ${JSON.stringify(label)}`);
  }
  return distinctNames(
    labelSets(source, parameters, now).flatMap(labels => labels[label] ?? []),
  );
}

function queryOf(parameters: Parameters): string {
  const query = parameters.text('query');
  if (query === '') {
    throw new BadQuery(
      'invalid parameter "query": unknown position: parse error: no expression found in input',
    );
  }
  return query;
}

/** The label sets with samples between start and end that a `match[]` selects; all where none is given. */
function labelSets(
  source: SeriesSource,
  parameters: Parameters,
  now: Now,
): Labels[] {
  const end = parameters.time('end', now());
  const start = parameters.time('start', end - DAY);
  const matches = parameters.all('match[]');
  const selected = new Set(
    matches.length > 0
      ? matches.flatMap(match => [...source.select(selectorOf(match))])
      : source.select([]),
  );
  return [...selected]
    .filter(series => series.window(start - 1, end))
    .map(({ labels }) => labels);
}

function distinctNames(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
