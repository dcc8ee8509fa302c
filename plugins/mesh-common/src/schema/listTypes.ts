import { ValidationProblem } from '../validation/problem';
import { isJsonObject, own } from '../kubernetes/jsonValues';
import { JsonSchema } from './jsonSchema';

/** Items of a list that is a set, or a map by some members of its items, of which there are two. */
export function listProblems(
  value: readonly unknown[],
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  const type = schema['x-kubernetes-list-type'];
  if (type !== 'set' && type !== 'map') {
    return [];
  }
  const keys = schema['x-kubernetes-list-map-keys'] ?? [];
  const seen = new Set<string>();
  return value.flatMap((item, index) => {
    const parts = type === 'set' ? item : keyOf(item, keys);
    if (!hasScalars(parts)) {
      // Of another type than the schema has there, which is told of the item itself; it may be of any size.
      return [];
    }
    const key = JSON.stringify(parts);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return {
      field: `${path}[${index}]`,
      message: `Duplicate value: ${key}`,
      level: 'error',
    };
  });
}

/** Whether this is a text, a number or the like, or has members that are. */
function hasScalars(value: unknown): boolean {
  return isJsonObject(value)
    ? Object.values(value).every(member => !isNested(member))
    : !isNested(value);
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function keyOf(item: unknown, keys: readonly string[]): object {
  return isJsonObject(item)
    ? Object.fromEntries(
        keys
          .filter(key => Object.hasOwn(item, key))
          .map(key => [key, own(item, key)]),
      )
    : {};
}
