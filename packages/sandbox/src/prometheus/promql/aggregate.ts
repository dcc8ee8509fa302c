import type { Aggregation } from './ast';
import type { Labels } from './series';
import { dropLabels, keepLabels, signature, type Element } from './vector';

interface Group {
  labels: Labels;
  elements: Element[];
}

interface Grouping {
  key: string;
  labels: Labels;
}

/** A range query asks for the group of the same labels at each step. */
const groupings = new WeakMap<Aggregation, WeakMap<Labels, Grouping>>();

function groupingOf(expr: Aggregation, labels: Labels): Grouping {
  let known = groupings.get(expr);
  if (!known) {
    known = new WeakMap();
    groupings.set(expr, known);
  }
  let grouping = known.get(labels);
  if (!grouping) {
    const kept = expr.without
      ? dropLabels(labels, [...expr.labels, '__name__'])
      : keepLabels(labels, expr.labels);
    grouping = { key: signature(kept), labels: kept };
    known.set(labels, grouping);
  }
  return grouping;
}

/** `sum by (…)` and its relatives; `topk` and `bottomk` keep the elements as they are. */
export function aggregate(
  expr: Aggregation,
  elements: readonly Element[],
  parameter = 0,
): Element[] {
  const { operator } = expr;
  const groups = new Map<string, Group>();
  for (const element of elements) {
    const { key, labels } = groupingOf(expr, element.labels);
    const group = groups.get(key);
    if (group) {
      group.elements.push(element);
    } else {
      groups.set(key, { labels, elements: [element] });
    }
  }
  return [...groups.values()].flatMap(group => {
    if (operator === 'topk' || operator === 'bottomk') {
      return extremes(group.elements, operator, parameter);
    }
    const values = group.elements.map(({ value }) => value);
    return [{ labels: group.labels, value: reduce(operator, values) }];
  });
}

function reduce(
  operator: Exclude<Aggregation['operator'], 'topk' | 'bottomk'>,
  values: number[],
): number {
  switch (operator) {
    case 'sum':
      return sum(values);
    case 'avg':
      return sum(values) / values.length;
    case 'min':
      return values.reduce((a, b) => (b < a || Number.isNaN(a) ? b : a));
    case 'max':
      return values.reduce((a, b) => (b > a || Number.isNaN(a) ? b : a));
    case 'count':
      return values.length;
    default:
      return 1;
  }
}

/** Neumaier's compensated sum, as Prometheus adds, so that the order of the series does not show. */
function sum(values: number[]): number {
  let total = 0;
  let compensation = 0;
  for (const value of values) {
    const next = total + value;
    if (!Number.isFinite(next)) {
      compensation = 0;
    } else if (Math.abs(total) >= Math.abs(value)) {
      compensation += total - next + value;
    } else {
      compensation += value - next + total;
    }
    total = next;
  }
  return total + compensation;
}

/** The largest (smallest) elements, NaN last. */
function extremes(
  elements: Element[],
  operator: 'topk' | 'bottomk',
  count: number,
): Element[] {
  const sign = operator === 'topk' ? -1 : 1;
  const rank = ({ value }: Element) =>
    Number.isNaN(value) ? Infinity : sign * value;
  return [...elements]
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
    .slice(0, Math.max(0, Math.floor(count)));
}
