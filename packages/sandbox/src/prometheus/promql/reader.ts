import type { SyntaxNode } from '@lezer/common';
import {
  AGGREGATORS,
  ARITHMETIC,
  COMPARISONS,
  FUNCTIONS,
  SET_OPERATORS,
  isOneOf,
  type Aggregation,
  type Binary,
  type BinaryOperator,
  type Call,
  type Expr,
  type Matcher,
} from './ast';
import { parseDuration, parseNumber } from './duration';
import { BadQuery, unsupported } from './errors';
import { createMatcher } from './matcher';
import { unquote } from './strings';

/** Node names of the grammar that are valid PromQL and outside what the sandbox evaluates. */
const UNSUPPORTED: Record<string, string> = {
  OffsetExpr: '`offset`',
  StepInvariantExpr: 'the `@` modifier',
  SubqueryExpr: 'subqueries',
  AnchoredExpr: '`anchored`',
  SmoothedExpr: '`smoothed`',
  StringLiteral: 'a text as an expression',
  QuotedLabelName: 'quoted names',
  QuotedLabelMatcher: 'quoted names',
  GroupLeft: '`group_left`',
  GroupRight: '`group_right`',
  FillModifier: '`fill`',
  Atan2: '`atan2`',
  TrimUpper: '`</`',
  TrimLower: '`>/`',
};

/** Reads the expression that a syntax tree of Prometheus' grammar stands for. */
export class Reader {
  readonly #query: string;

  constructor(query: string) {
    this.#query = query;
  }

  /** `line:column`, both from 1. */
  position(offset: number): string {
    const lines = this.#query.slice(0, offset).split('\n');
    return `${lines.length}:${lines[lines.length - 1].length + 1}`;
  }

  expression(node: SyntaxNode): Expr {
    switch (node.name) {
      case 'ParenExpr':
        return this.expression(this.#children(node)[0]);
      case 'NumberDurationLiteral':
        return { kind: 'number', value: this.#number(node) };
      case 'VectorSelector':
        return { kind: 'vector', matchers: this.#matchers(node) };
      case 'MatrixSelector':
        return this.#matrix(node);
      case 'FunctionCall':
        return this.#call(node);
      case 'AggregateExpr':
        return this.#aggregation(node);
      case 'UnaryExpr': {
        const [operator, operand] = this.#children(node);
        const expr = this.expression(operand);
        return this.#text(operator) === '-' ? { kind: 'negation', expr } : expr;
      }
      case 'BinaryExpr':
        return this.#binary(node);
      default:
        throw this.#unsupported(node);
    }
  }

  #matrix(node: SyntaxNode): Expr {
    const [selector, duration] = this.#children(node);
    if (selector.name !== 'VectorSelector') {
      throw this.#error(node, 'ranges only allowed for vector selectors');
    }
    const text = this.#text(duration);
    if (
      duration.firstChild?.name !== 'NumberDurationLiteralInDurationContext'
    ) {
      throw unsupported(`the computed range [${text}]`);
    }
    const seconds = parseNumber(text);
    const range = parseDuration(text) ?? (seconds ?? 0) * 1_000;
    if (!(range > 0) || !Number.isFinite(range)) {
      throw this.#error(duration, 'duration must be greater than 0');
    }
    return { kind: 'matrix', matchers: this.#matchers(selector), range };
  }

  #matchers(node: SyntaxNode): Matcher[] {
    const matchers: Matcher[] = [];
    for (const child of this.#children(node)) {
      if (child.name === 'Identifier') {
        matchers.push(createMatcher('__name__', '=', this.#text(child)));
      } else {
        matchers.push(
          ...this.#children(child).map(item => this.#matcher(item)),
        );
      }
    }
    if (matchers.every(matcher => matcher.matches(''))) {
      throw this.#error(
        node,
        'vector selector must contain at least one non-empty matcher',
      );
    }
    return matchers;
  }

  #matcher(node: SyntaxNode): Matcher {
    if (node.name !== 'UnquotedLabelMatcher') {
      throw this.#unsupported(node);
    }
    const [label, operator, value] = this.#children(node).map(child =>
      this.#text(child),
    );
    if (
      operator !== '=' &&
      operator !== '!=' &&
      operator !== '=~' &&
      operator !== '!~'
    ) {
      throw this.#error(node, `unexpected operator ${operator}`);
    }
    return createMatcher(label, operator, unquote(value));
  }

  #call(node: SyntaxNode): Call {
    const [identifier, body] = this.#children(node);
    const name = this.#text(identifier);
    if (!isOneOf(FUNCTIONS, name)) {
      throw unsupported(`the function ${name}()`);
    }
    return {
      kind: 'call',
      name,
      args: this.#children(body).map(arg => this.expression(arg)),
    };
  }

  #aggregation(node: SyntaxNode): Aggregation {
    const children = this.#children(node);
    const find = (name: string) => children.find(child => child.name === name);
    const operator = this.#text(children[0]).toLowerCase();
    if (!isOneOf(AGGREGATORS, operator)) {
      throw unsupported(`the aggregation ${operator}()`);
    }
    const modifier = find('AggregateModifier');
    const [clause, grouping] = modifier ? this.#children(modifier) : [];
    const body = find('FunctionCallBody');
    const args = body ? this.#children(body) : [];
    const withParameter = operator === 'topk' || operator === 'bottomk';
    if (args.length !== (withParameter ? 2 : 1)) {
      throw this.#error(
        node,
        `wrong number of arguments for aggregate expression provided, expected ${
          withParameter ? 2 : 1
        }, got ${args.length}`,
      );
    }
    const exprs = args.map(arg => this.expression(arg));
    return {
      kind: 'aggregation',
      operator,
      without: clause?.name === 'Without',
      labels: grouping ? this.#labels(grouping) : [],
      ...(withParameter && { parameter: exprs[0] }),
      expr: exprs[exprs.length - 1],
    };
  }

  #binary(node: SyntaxNode): Expr {
    const children = this.#children(node);
    const left = children[0];
    const operator = this.#operator(children[1]);
    const modifiers = children.slice(2, -1);
    const matching = modifiers.find(
      child => child.name === 'MatchingModifierClause',
    );
    const outside = modifiers.find(child => UNSUPPORTED[child.name]);
    if (outside) {
      throw this.#unsupported(outside);
    }
    const parts = matching ? this.#children(matching) : [];
    const group = parts.find(part => UNSUPPORTED[part.name]);
    if (group) {
      throw this.#unsupported(group);
    }
    const binary: Binary = {
      kind: 'binary',
      operator,
      bool: modifiers.some(child => child.name === 'BoolModifier'),
      left: this.expression(left),
      right: this.expression(children[children.length - 1]),
      on: parts[0]?.name === 'On',
      labels: parts[1] ? this.#labels(parts[1]) : [],
    };
    if (binary.bool && !isOneOf(COMPARISONS, operator)) {
      throw this.#error(
        node,
        'bool modifier can only be used on comparison operators',
      );
    }
    // The grammar takes the sign into the literal, but in PromQL it binds weaker than a power: -1^2 is -1.
    if (operator === '^' && /^[+-]/.test(this.#text(left))) {
      const sign = this.#text(left)[0];
      const unsigned: Expr = {
        ...binary,
        left: { kind: 'number', value: Math.abs(this.#number(left)) },
      };
      return sign === '-' ? { kind: 'negation', expr: unsigned } : unsigned;
    }
    return binary;
  }

  #operator(node: SyntaxNode): BinaryOperator {
    const text = this.#text(node).toLowerCase();
    if (
      isOneOf(ARITHMETIC, text) ||
      isOneOf(COMPARISONS, text) ||
      isOneOf(SET_OPERATORS, text)
    ) {
      return text;
    }
    throw this.#unsupported(node);
  }

  #labels(grouping: SyntaxNode): string[] {
    return this.#children(grouping).map(child => {
      if (child.name !== 'LabelName') {
        throw this.#unsupported(child);
      }
      return this.#text(child);
    });
  }

  #number(node: SyntaxNode): number {
    const value = parseNumber(this.#text(node));
    if (value === undefined) {
      throw this.#error(node, `bad number ${this.#text(node)}`);
    }
    return value;
  }

  #children(node: SyntaxNode): SyntaxNode[] {
    const children: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.name !== 'LineComment') {
        children.push(child);
      }
    }
    return children;
  }

  #text(node: SyntaxNode): string {
    return this.#query.slice(node.from, node.to);
  }

  #error(node: SyntaxNode, message: string): BadQuery {
    return new BadQuery(`${this.position(node.from)}: parse error: ${message}`);
  }

  #unsupported(node: SyntaxNode) {
    return unsupported(UNSUPPORTED[node.name] ?? `\`${this.#text(node)}\``);
  }
}
