import { aggregate } from './aggregate';
import type { Call, Expr } from './ast';
import { evaluateBinary } from './binary';
import { ExecutionError } from './errors';
import { histogramQuantile } from './histogram';
import { extrapolatedIncrease, instantRate } from './rate';
import type { SeriesSource, Window } from './series';
import {
  distinct,
  dropName,
  scalar,
  vector,
  type Element,
  type Value,
} from './vector';

/** How far an instant selector looks back for a sample: Prometheus' default. */
export const LOOKBACK = 5 * 60_000;

/** The value of an expression at a moment (milliseconds since the epoch). */
export function evaluate(
  expr: Expr,
  source: SeriesSource,
  time: number,
): Value {
  switch (expr.kind) {
    case 'number':
      return scalar(expr.value);
    case 'vector':
      return vector(
        [...source.select(expr.matchers)].flatMap(series => {
          const sample = series.at(time, LOOKBACK);
          return sample ? [{ labels: series.labels, value: sample.value }] : [];
        }),
      );
    case 'matrix':
      throw new ExecutionError('a range vector has no value at one moment');
    case 'negation': {
      const value = evaluate(expr.expr, source, time);
      return value.type === 'scalar'
        ? scalar(-value.value)
        : vector(
            distinct(
              value.elements.map(element => ({
                labels: dropName(element.labels),
                value: -element.value,
              })),
              value.elements,
            ),
          );
    }
    case 'aggregation':
      return vector(
        aggregate(
          expr,
          elementsOf(expr.expr, source, time),
          expr.parameter && scalarOf(expr.parameter, source, time),
        ),
      );
    case 'call':
      return vector(call(expr, source, time));
    default:
      return evaluateBinary(
        expr,
        evaluate(expr.left, source, time),
        evaluate(expr.right, source, time),
      );
  }
}

function call(
  { name, args }: Call,
  source: SeriesSource,
  time: number,
): Element[] {
  switch (name) {
    case 'histogram_quantile':
      return histogramQuantile(
        scalarOf(args[0], source, time),
        elementsOf(args[1], source, time),
      );
    case 'clamp_min': {
      const minimum = scalarOf(args[1], source, time);
      const elements = elementsOf(args[0], source, time);
      return distinct(
        elements.map(({ labels, value }) => ({
          labels: dropName(labels),
          value: Math.max(value, minimum),
        })),
        elements,
      );
    }
    case 'timestamp':
      return timestamps(args[0], source, time);
    default:
      return rates(name, args[0], source, time);
  }
}

/** Of a selector the times of its samples; of anything else that at which it is evaluated. */
function timestamps(expr: Expr, source: SeriesSource, time: number): Element[] {
  const elements =
    expr.kind === 'vector'
      ? [...source.select(expr.matchers)].flatMap(series => {
          const sample = series.at(time, LOOKBACK);
          return sample
            ? [{ labels: series.labels, value: sample.time / 1_000 }]
            : [];
        })
      : elementsOf(expr, source, time).map(({ labels }) => ({
          labels,
          value: time / 1_000,
        }));
  return distinct(
    elements.map(({ labels, value }) => ({ labels: dropName(labels), value })),
    elements,
  );
}

function rates(
  name: 'rate' | 'irate' | 'increase',
  selector: Expr,
  source: SeriesSource,
  time: number,
): Element[] {
  if (selector.kind !== 'matrix') {
    throw new ExecutionError(`${name}() needs a range vector`);
  }
  const { matchers, range } = selector;
  const elements: Element[] = [];
  const results: Element[] = [];
  for (const series of source.select(matchers)) {
    const { labels } = series;
    const window = series.window(time - range, time);
    const value = window && rateOf(name, window, time - range, time);
    if (value !== undefined) {
      elements.push({ labels, value });
      results.push({ labels: dropName(labels), value });
    }
  }
  return distinct(results, elements);
}

function rateOf(
  name: 'rate' | 'irate' | 'increase',
  window: Window,
  from: number,
  to: number,
): number | undefined {
  if (name === 'irate') {
    return instantRate(window);
  }
  const increase = extrapolatedIncrease(window, from, to);
  return increase !== undefined && name === 'rate'
    ? increase / ((to - from) / 1_000)
    : increase;
}

function scalarOf(expr: Expr, source: SeriesSource, time: number): number {
  const value = evaluate(expr, source, time);
  if (value.type !== 'scalar') {
    throw new ExecutionError('expected a scalar');
  }
  return value.value;
}

function elementsOf(expr: Expr, source: SeriesSource, time: number): Element[] {
  const value = evaluate(expr, source, time);
  if (value.type !== 'vector') {
    throw new ExecutionError('expected an instant vector');
  }
  return value.elements;
}
