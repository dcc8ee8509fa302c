/** The PromQL that the sandbox evaluates. */
export type Expr =
  | NumberLiteral
  | VectorSelector
  | MatrixSelector
  | Call
  | Aggregation
  | Negation
  | Binary;

export interface NumberLiteral {
  kind: 'number';
  value: number;
}

export interface VectorSelector {
  kind: 'vector';
  matchers: Matcher[];
}

export interface MatrixSelector {
  kind: 'matrix';
  matchers: Matcher[];
  /** Milliseconds. */
  range: number;
}

export interface Call {
  kind: 'call';
  name: FunctionName;
  args: Expr[];
}

export interface Aggregation {
  kind: 'aggregation';
  operator: Aggregator;
  without: boolean;
  labels: string[];
  /** The number of `topk` and `bottomk`. */
  parameter?: Expr;
  expr: Expr;
}

export interface Negation {
  kind: 'negation';
  expr: Expr;
}

export interface Binary {
  kind: 'binary';
  operator: BinaryOperator;
  /** A comparison that answers 0 or 1 instead of filtering. */
  bool: boolean;
  left: Expr;
  right: Expr;
  /** Labels of `on(...)`, or those of `ignoring(...)`. */
  on: boolean;
  labels: string[];
}

export interface Matcher {
  label: string;
  operator: '=' | '!=' | '=~' | '!~';
  value: string;
  matches(value: string): boolean;
}

export const FUNCTIONS = [
  'rate',
  'irate',
  'increase',
  'histogram_quantile',
  'clamp_min',
  'timestamp',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export const AGGREGATORS = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'topk',
  'bottomk',
] as const;
export type Aggregator = (typeof AGGREGATORS)[number];

export const ARITHMETIC = ['+', '-', '*', '/', '%', '^'] as const;
export const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='] as const;
export const SET_OPERATORS = ['and', 'or', 'unless'] as const;

export type ArithmeticOperator = (typeof ARITHMETIC)[number];
export type ComparisonOperator = (typeof COMPARISONS)[number];
export type SetOperator = (typeof SET_OPERATORS)[number];
export type BinaryOperator =
  | ArithmeticOperator
  | ComparisonOperator
  | SetOperator;

export function isOneOf<T extends string>(
  values: readonly T[],
  value: string,
): value is T {
  return values.some(known => known === value);
}
