import {
  isLabelValue,
  isQualifiedName,
  LABEL_KEY_MESSAGE,
  LABEL_VALUE_MESSAGE,
} from '../store/labels';
import { isRecord, listOf, recordOf } from '../store/values';
import { badRequest } from './status';

export type LabelSelector = readonly Requirement[];

type Labels = Readonly<Record<string, string>>;

interface Requirement {
  key: string;
  operator: 'in' | 'notin' | 'exists' | '!exists' | 'gt' | 'lt';
  values: readonly string[];
}

/** Whether labels satisfy each requirement; an absent label satisfies `!=` and `notin`. */
export function matchesLabels(
  selector: LabelSelector,
  labels: Labels = {},
): boolean {
  return selector.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'in':
        return value !== undefined && values.includes(value);
      case 'notin':
        return value === undefined || !values.includes(value);
      case 'exists':
        return value !== undefined;
      case '!exists':
        return value === undefined;
      case 'gt':
        return /^-?\d+$/.test(value ?? '') && Number(value) > Number(values[0]);
      default:
        return /^-?\d+$/.test(value ?? '') && Number(value) < Number(values[0]);
    }
  });
}

const SYMBOLS = /^(==|!=|=|!|\(|\)|,|>|<)/;
const WORD = /^[^\s=!(),<>]+/;

/** The grammar of k8s.io/apimachinery/pkg/labels. */
class Parser {
  readonly #tokens: string[] = [];
  #position = 0;

  constructor(text: string) {
    let rest = text.trimStart();
    while (rest) {
      const token = SYMBOLS.exec(rest)?.[0] ?? WORD.exec(rest)?.[0] ?? rest[0];
      this.#tokens.push(token);
      rest = rest.slice(token.length).trimStart();
    }
  }

  parse(): LabelSelector {
    const requirements: Requirement[] = [];
    while (this.#peek() !== '') {
      requirements.push(this.#requirement());
      const next = this.#take();
      if (next === '') {
        break;
      }
      if (next !== ',') {
        throw badRequest(`found '${next}', expected: ',' or 'end of string'`);
      }
      if (this.#peek() === '') {
        throw badRequest(`found '', expected: identifier after ','`);
      }
    }
    return requirements;
  }

  #requirement(): Requirement {
    const negated = this.#peek() === '!';
    if (negated) {
      this.#take();
    }
    const key = this.#take();
    if (!WORD.test(key)) {
      throw badRequest(
        `found '${key}', expected: !, identifier, or 'end of string'`,
      );
    }
    if (!isQualifiedName(key)) {
      throw refused(
        `<nil>: Invalid value: ${JSON.stringify(key)}: ${LABEL_KEY_MESSAGE}`,
      );
    }
    if (negated) {
      return { key, operator: '!exists', values: [] };
    }
    const next = this.#peek();
    if (next === '' || next === ',') {
      return { key, operator: 'exists', values: [] };
    }
    return this.#comparison(key, this.#take());
  }

  #comparison(key: string, operator: string): Requirement {
    switch (operator) {
      case 'in':
      case 'notin':
        return { key, operator, values: this.#set(key) };
      case '=':
      case '==':
        return { key, operator: 'in', values: [this.#value(key)] };
      case '!=':
        return { key, operator: 'notin', values: [this.#value(key)] };
      case '>':
      case '<': {
        const value = this.#value(key);
        if (!/^-?\d+$/.test(value)) {
          throw refused(
            `values[0]: Invalid value: ${JSON.stringify(
              value,
            )}: for 'Gt', 'Lt' operators, the value must be an integer`,
          );
        }
        return {
          key,
          operator: operator === '>' ? 'gt' : 'lt',
          values: [value],
        };
      }
      default:
        throw refused(
          `found '${operator}', expected: in, notin, =, ==, !=, gt, lt`,
        );
    }
  }

  #value(key: string): string {
    const next = this.#peek();
    return next === '' || next === ','
      ? ''
      : checkedValue(key, 0, this.#take());
  }

  #set(key: string): string[] {
    const open = this.#take();
    if (open !== '(') {
      throw refused(`found '${open}' expected: '('`);
    }
    const values: string[] = [];
    let expectsValue = true;
    for (;;) {
      const token = this.#take();
      if (token === '') {
        throw refused(`found '', expected: ',' or ')'`);
      }
      if (token === ')' || token === ',') {
        if (expectsValue) {
          values.push('');
        }
        if (token === ')') {
          return values;
        }
        expectsValue = true;
      } else {
        if (!expectsValue) {
          throw refused(`found '${token}', expected: ',' or ')'`);
        }
        values.push(checkedValue(key, values.length, token));
        expectsValue = false;
      }
    }
  }

  #peek(): string {
    return this.#tokens[this.#position] ?? '';
  }

  #take(): string {
    const token = this.#peek();
    this.#position += 1;
    return token;
  }
}

/** Reads a selector in its string form, as `app in (a, b), !legacy, tier!=db`. */
export function parseLabelSelector(text: string): LabelSelector {
  return new Parser(text).parse();
}

function checkedValue(key: string, index: number, value: string): string {
  if (!isLabelValue(value)) {
    throw refused(
      `values[${index}][${key}]: Invalid value: ${JSON.stringify(
        value,
      )}: ${LABEL_VALUE_MESSAGE}`,
    );
  }
  return value;
}

function refused(message: string) {
  return badRequest(`unable to parse requirement: ${message}`);
}

const EXPRESSION_OPERATORS = new Map<string, string>([
  ['In', 'in'],
  ['NotIn', 'notin'],
]);

/** A LabelSelector object in its string form, as a column or a scale shows it. */
export function formatLabelSelector(selector: unknown): string {
  if (typeof selector === 'string') {
    return selector;
  }
  if (!isRecord(selector)) {
    return '<none>';
  }
  const labels = Object.entries(recordOf(selector.matchLabels)).map(
    ([key, value]) => `${key}=${value}`,
  );
  const expressions = listOf(selector.matchExpressions)
    .map(recordOf)
    .map(({ key, operator, values }) => {
      const name = EXPRESSION_OPERATORS.get(String(operator));
      if (name) {
        return `${key} ${name} (${listOf(values).join(',')})`;
      }
      return operator === 'Exists' ? `${key}` : `!${key}`;
    });
  return [...labels.sort(), ...expressions].join(',') || '<none>';
}
