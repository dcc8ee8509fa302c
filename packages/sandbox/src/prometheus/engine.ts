import type { Matcher } from './promql/ast';
import { typeOf } from './promql/check';
import { BadQuery, ExecutionError } from './promql/errors';
import { evaluate } from './promql/evaluate';
import { parse } from './promql/parse';
import type { Labels, Series, SeriesSource } from './promql/series';
import { signature } from './promql/vector';

/** A sample as the API writes it: seconds, and the value as a text. */
export type Point = [time: number, value: string];

export type QueryResult =
  | { resultType: 'scalar'; result: Point }
  | { resultType: 'vector'; result: { metric: Labels; value: Point }[] }
  | { resultType: 'matrix'; result: { metric: Labels; values: Point[] }[] };

const MAX_POINTS = 11_000;

/** `/api/v1/query`: times are milliseconds since the epoch. */
export function instantQuery(
  source: SeriesSource,
  query: string,
  time: number,
): QueryResult {
  const expr = parse(query);
  if (expr.kind === 'matrix') {
    return {
      resultType: 'matrix',
      result: [...source.select(expr.matchers)].flatMap(series => {
        const samples = series.samples(time - expr.range, time);
        return samples.length > 0
          ? [
              {
                metric: series.labels,
                values: samples.map(sample => point(sample.time, sample.value)),
              },
            ]
          : [];
      }),
    };
  }
  const value = evaluate(expr, source, time);
  return value.type === 'scalar'
    ? { resultType: 'scalar', result: point(time, value.value) }
    : {
        resultType: 'vector',
        result: value.elements.map(element => ({
          metric: element.labels,
          value: point(time, element.value),
        })),
      };
}

/** `/api/v1/query_range`: the expression at each step from start to end. */
export function rangeQuery(
  source: SeriesSource,
  query: string,
  start: number,
  end: number,
  step: number,
): QueryResult {
  if (end < start) {
    throw new BadQuery(
      'invalid parameter "end": end timestamp must not be before start time',
    );
  }
  if (step <= 0) {
    throw new BadQuery(
      'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
    );
  }
  if ((end - start) / step > MAX_POINTS) {
    throw new BadQuery(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  const expr = parse(query);
  if (typeOf(expr) === 'range vector') {
    throw new BadQuery(
      'invalid parameter "query": invalid expression type "range vector" for range query, must be Scalar or instant Vector',
    );
  }
  const selected = remembering(source);
  const results = new Map<string, { metric: Labels; values: Point[] }>();
  for (let time = start; time <= end; time += step) {
    const value = evaluate(expr, selected, time);
    const elements =
      value.type === 'scalar'
        ? [{ labels: {}, value: value.value }]
        : value.elements;
    for (const element of elements) {
      const key = signature(element.labels);
      const series = results.get(key) ?? { metric: element.labels, values: [] };
      series.values.push(point(time, element.value));
      results.set(key, series);
    }
  }
  return { resultType: 'matrix', result: [...results.values()] };
}

/** A selector's matchers are the same at each step, and so is what they select. */
function remembering(source: SeriesSource): SeriesSource {
  const known = new Map<readonly Matcher[], Series[]>();
  return {
    select(matchers) {
      let series = known.get(matchers);
      if (!series) {
        series = [...source.select(matchers)];
        known.set(matchers, series);
      }
      return series;
    },
  };
}

/** The matchers of a `match[]` parameter. */
export function selectorOf(text: string): Matcher[] {
  const expr = parse(text);
  if (expr.kind !== 'vector') {
    throw new ExecutionError(
      `invalid parameter "match[]": ${text} is not a series selector`,
    );
  }
  return expr.matchers;
}

function point(time: number, value: number): Point {
  return [time / 1_000, formatValue(value)];
}

/** As Prometheus writes numbers, which is how JavaScript does, but for infinity. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  return String(value);
}
