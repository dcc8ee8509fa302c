import {
  COMPARISONS,
  SET_OPERATORS,
  isOneOf,
  type Expr,
  type FunctionName,
} from './ast';
import { BadQuery } from './errors';

export type ValueType = 'scalar' | 'instant vector' | 'range vector';

const SIGNATURES: Record<FunctionName, readonly ValueType[]> = {
  rate: ['range vector'],
  irate: ['range vector'],
  increase: ['range vector'],
  histogram_quantile: ['scalar', 'instant vector'],
  clamp_min: ['instant vector', 'scalar'],
  timestamp: ['instant vector'],
};

export function typeOf(expr: Expr): ValueType {
  switch (expr.kind) {
    case 'number':
      return 'scalar';
    case 'matrix':
      return 'range vector';
    case 'negation':
      return typeOf(expr.expr);
    case 'binary':
      return typeOf(expr.left) === 'scalar' && typeOf(expr.right) === 'scalar'
        ? 'scalar'
        : 'instant vector';
    default:
      return 'instant vector';
  }
}

/** Refuses, as Prometheus does before it evaluates, what has an operand of the wrong type. */
export function checkTypes(expr: Expr): void {
  switch (expr.kind) {
    case 'negation':
      checkTypes(expr.expr);
      if (typeOf(expr.expr) === 'range vector') {
        fail(
          'unary expression only allowed on expressions of type scalar or instant vector, got "range vector"',
        );
      }
      return;
    case 'aggregation':
      checkTypes(expr.expr);
      expect(expr.expr, 'instant vector', 'aggregation expression');
      if (expr.parameter) {
        checkTypes(expr.parameter);
        expect(expr.parameter, 'scalar', 'aggregation parameter');
      }
      return;
    case 'call': {
      const signature = SIGNATURES[expr.name];
      if (expr.args.length !== signature.length) {
        fail(
          `expected ${signature.length} argument(s) in call to "${expr.name}", got ${expr.args.length}`,
        );
      }
      expr.args.forEach((arg, index) => {
        checkTypes(arg);
        expect(arg, signature[index], `call to function "${expr.name}"`);
      });
      return;
    }
    case 'binary': {
      checkTypes(expr.left);
      checkTypes(expr.right);
      const left = typeOf(expr.left);
      const right = typeOf(expr.right);
      if (left === 'range vector' || right === 'range vector') {
        fail(
          'binary expression must contain only scalar and instant vector types',
        );
      }
      const scalar = left === 'scalar' && right === 'scalar';
      if (scalar && isOneOf(COMPARISONS, expr.operator) && !expr.bool) {
        fail('comparisons between scalars must use BOOL modifier');
      }
      if (
        (left === 'scalar' || right === 'scalar') &&
        isOneOf(SET_OPERATORS, expr.operator)
      ) {
        fail(
          `set operator "${expr.operator}" not allowed in binary scalar expression`,
        );
      }
      if ((left === 'scalar' || right === 'scalar') && expr.labels.length > 0) {
        fail('vector matching only allowed between instant vectors');
      }
      return;
    }
    default:
  }
}

function expect(expr: Expr, type: ValueType, where: string): void {
  const actual = typeOf(expr);
  if (actual !== type) {
    fail(`expected type ${type} in ${where}, got ${actual}`);
  }
}

function fail(message: string): never {
  throw new BadQuery(`parse error: ${message}`);
}
