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
    const key = JSON.stringify(type === 'set' ? item : keyOf(item, keys));
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

function keyOf(item: unknown, keys: readonly string[]): object {
  return isJsonObject(item)
    ? Object.fromEntries(
        keys
          .filter(key => Object.hasOwn(item, key))
          .map(key => [key, own(item, key)]),
      )
    : {};
}
