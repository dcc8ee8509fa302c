import {
  COMPARISONS,
  SET_OPERATORS,
  isOneOf,
  type ArithmeticOperator,
  type Binary,
  type ComparisonOperator,
  type SetOperator,
} from './ast';
import { ExecutionError } from './errors';
import type { Labels } from './series';
import {
  distinct,
  dropLabels,
  dropName,
  keepLabels,
  scalar,
  signature,
  vector,
  type Element,
  type Value,
} from './vector';

/** A binary expression over two values of one moment. */
export function evaluateBinary(expr: Binary, left: Value, right: Value): Value {
  const { operator } = expr;
  if (left.type === 'vector' && right.type === 'vector') {
    return vector(
      isOneOf(SET_OPERATORS, operator)
        ? combineSets(expr, operator, left.elements, right.elements)
        : matchOneToOne(expr, operator, left.elements, right.elements),
    );
  }
  if (isOneOf(SET_OPERATORS, operator)) {
    throw new ExecutionError(`${operator} needs two vectors`);
  }
  if (left.type === 'scalar' && right.type === 'scalar') {
    return scalar(
      isOneOf(COMPARISONS, operator)
        ? Number(compare(operator, left.value, right.value))
        : calculate(operator, left.value, right.value),
    );
  }
  const elements = elementsOf(left.type === 'vector' ? left : right);
  const results =
    right.type === 'scalar'
      ? elements.flatMap(({ labels, value }) =>
          combine(expr, operator, labels, value, right.value, value),
        )
      : elements.flatMap(({ labels, value }) =>
          combine(expr, operator, labels, scalarOf(left), value, value),
        );
  return vector(distinct(results, elements));
}

function elementsOf(value: Value): Element[] {
  return value.type === 'vector' ? value.elements : [];
}

function scalarOf(value: Value): number {
  return value.type === 'scalar' ? value.value : NaN;
}

/** One result element; none where a comparison filters it out. */
function combine(
  { bool }: Binary,
  operator: ArithmeticOperator | ComparisonOperator,
  labels: Labels,
  left: number,
  right: number,
  kept: number,
): Element[] {
  if (!isOneOf(COMPARISONS, operator)) {
    return [
      { labels: dropName(labels), value: calculate(operator, left, right) },
    ];
  }
  const holds = compare(operator, left, right);
  if (bool) {
    return [{ labels: dropName(labels), value: Number(holds) }];
  }
  return holds ? [{ labels, value: kept }] : [];
}

function matchKey({ on, labels: names }: Binary, labels: Labels): string {
  return signature(
    on ? keepLabels(labels, names) : dropLabels(labels, [...names, '__name__']),
  );
}

function matchOneToOne(
  expr: Binary,
  operator: ArithmeticOperator | ComparisonOperator,
  left: Element[],
  right: Element[],
): Element[] {
  const partners = new Map<string, Element>();
  for (const element of right) {
    const key = matchKey(expr, element.labels);
    if (partners.has(key)) {
      throw new ExecutionError(
        `found duplicate series for the match group ${key} on the right hand-side of the operation; many-to-many matching not allowed: matching labels must be unique on one side`,
      );
    }
    partners.set(key, element);
  }
  const matched = new Set<string>();
  return left.flatMap(element => {
    const key = matchKey(expr, element.labels);
    const partner = partners.get(key);
    if (!partner) {
      return [];
    }
    const labels = expr.on
      ? keepLabels(element.labels, expr.labels)
      : dropLabels(element.labels, expr.labels);
    const result = combine(
      expr,
      operator,
      labels,
      element.value,
      partner.value,
      element.value,
    );
    if (result.length > 0 && matched.has(key)) {
      throw new ExecutionError(
        `multiple matches for labels ${key}: many-to-one matching must be explicit (group_left/group_right)`,
      );
    }
    if (result.length > 0) {
      matched.add(key);
    }
    return result;
  });
}

function combineSets(
  expr: Binary,
  operator: SetOperator,
  left: Element[],
  right: Element[],
): Element[] {
  const keys = (elements: Element[]) =>
    new Set(elements.map(({ labels }) => matchKey(expr, labels)));
  if (operator === 'or') {
    const present = keys(left);
    return [
      ...left,
      ...right.filter(({ labels }) => !present.has(matchKey(expr, labels))),
    ];
  }
  const present = keys(right);
  return left.filter(
    ({ labels }) =>
      present.has(matchKey(expr, labels)) === (operator === 'and'),
  );
}

function calculate(
  operator: ArithmeticOperator,
  left: number,
  right: number,
): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      // Go and C: 1 to any power is 1, and so is -1 to an infinite one.
      return left === 1 || (left === -1 && Math.abs(right) === Infinity)
        ? 1
        : left ** right;
  }
}

function compare(
  operator: ComparisonOperator,
  left: number,
  right: number,
): boolean {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '>':
      return left > right;
    case '<':
      return left < right;
    case '>=':
      return left >= right;
    default:
      return left <= right;
  }
}
