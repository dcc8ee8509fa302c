import { ValidationProblem } from '../validation/problem';
import { holds } from './cel';
import { celValue } from './celValue';
import { isJsonObject } from '../kubernetes/jsonValues';
import { JsonSchema, memberSchema, typeName } from './jsonSchema';
import { shownValue } from './shownValue';

/**
 * The rules in CEL of a schema that a value breaks. A rule about what the value was before (`oldSelf`) says
 * nothing of an object alone.
 */
export function ruleProblems(
  value: unknown,
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  if (value === null || value === undefined) {
    return [];
  }
  const broken = (schema['x-kubernetes-validations'] ?? []).filter(
    ({ rule }) =>
      !rule.includes('oldSelf') && !holds(rule, celValue(value, schema)),
  );
  return [
    ...broken.map(
      ({ rule, message }): ValidationProblem => ({
        field: path,
        message: `Invalid value: ${shown(value)}: ${(
          message ?? `failed rule: ${rule}`
        ).trim()}`,
        level: 'error',
      }),
    ),
    ...inside(value, schema, path),
  ];
}

function inside(
  value: unknown,
  schema: JsonSchema,
  path: string,
): ValidationProblem[] {
  const { items } = schema;
  if (Array.isArray(value)) {
    return items
      ? value.flatMap((item, index) =>
          ruleProblems(item, items, `${path}[${index}]`),
        )
      : [];
  }
  return isJsonObject(value)
    ? Object.entries(value).flatMap(([name, member]) => {
        const known = memberSchema(schema, name);
        return known ? ruleProblems(member, known, `${path}.${name}`) : [];
      })
    : [];
}

/** A text as it is, for it is what is wrong; of anything else its type. */
function shown(value: unknown): string {
  return shownValue(typeof value === 'string' ? value : typeName(value));
}
