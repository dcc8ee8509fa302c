import { isJsonObject } from '../kubernetes/jsonValues';
import { JsonSchema } from './jsonSchema';
import { shownValue } from './shownValue';

/**
 * What is wrong with a value by itself: its size, its range, its pattern, its enumeration.
 */
export function scalarProblem(
  value: unknown,
  schema: JsonSchema,
  path: string,
): string | undefined {
  return (
    enumProblem(value, schema) ??
    (typeof value === 'string'
      ? stringProblem(value, schema, path)
      : undefined) ??
    (typeof value === 'number'
      ? numberProblem(value, schema, path)
      : undefined) ??
    (Array.isArray(value)
      ? countProblem(
          value.length,
          [schema.minItems, schema.maxItems],
          `${path} in body should have`,
          'items',
        )
      : undefined) ??
    (isJsonObject(value)
      ? countProblem(
          Object.keys(value).length,
          [schema.minProperties, schema.maxProperties],
          `${path} in body should have`,
          'properties',
        )
      : undefined)
  );
}

function enumProblem(value: unknown, schema: JsonSchema): string | undefined {
  const allowed = schema.enum;
  return allowed === undefined || allowed.includes(value)
    ? undefined
    : `Unsupported value: ${shownValue(value)}: supported values: ${allowed
        .map(shownValue)
        .join(', ')}`;
}

function stringProblem(
  value: string,
  schema: JsonSchema,
  path: string,
): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  // Kubernetes counts code points; a long string need not be counted.
  const length =
    value.length > 2 * maxLength ? value.length : [...value].length;
  if (length < minLength) {
    return `${shown(
      value,
    )}${path} in body should be at least ${minLength} chars long`;
  }
  if (length > maxLength) {
    return `Too long: may not be more than ${maxLength} bytes`;
  }
  return pattern !== undefined && !patternOf(pattern).test(value)
    ? `${shown(value)}${path} in body should match '${pattern}'`
    : undefined;
}

const patterns = new Map<string, RegExp>();

/** The patterns of schemas are written by their authors: plain ones, which mean the same in JavaScript as in Go. */
function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source);
    patterns.set(source, pattern);
  }
  return pattern;
}

const INTEGERS: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
  uint32: [0, 2 ** 32 - 1],
};

function numberProblem(
  value: number,
  schema: JsonSchema,
  path: string,
): string | undefined {
  const { minimum = -Infinity, maximum = Infinity, format } = schema;
  if (value < minimum) {
    return `${shown(
      value,
    )}${path} in body should be greater than or equal to ${minimum}`;
  }
  if (value > maximum) {
    return `${shown(
      value,
    )}${path} in body should be less than or equal to ${maximum}`;
  }
  const [least, most] = INTEGERS[format ?? ''] ?? [-Infinity, Infinity];
  return value < least || value > most
    ? `${shown(value)}${path} in body must be of type ${format}: "${value}"`
    : undefined;
}

function countProblem(
  count: number,
  [least = 0, most = Infinity]: readonly [number?, number?],
  has: string,
  what: string,
): string | undefined {
  if (count < least) {
    return `Invalid value: ${count}: ${has} at least ${least} ${what}`;
  }
  return count > most
    ? `Too many: ${count}: must have at most ${most} ${what}`
    : undefined;
}

function shown(value: string | number): string {
  return `Invalid value: ${shownValue(value)}: `;
}
