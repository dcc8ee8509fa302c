import { CelInput } from '@bufbuild/cel';
import { isJsonObject } from '../kubernetes/jsonValues';
import { JsonSchema, memberSchema } from './jsonSchema';

/** Words of the language that cannot name a member; Kubernetes writes them with underscores around. */
const RESERVED: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
]);

/**
 * A value of JSON as its rules see it: whole numbers are integers where the schema says so, objects are maps. What the
 * schema says nothing of, no rule can read: it is left out, however large it is.
 */
export function celValue(value: unknown, schema: JsonSchema): CelInput {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return value;
    case 'number':
      return isIntegral(schema) && Number.isInteger(value)
        ? BigInt(value)
        : value;
    default:
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map(item => celValue(item, items)) : [];
  }
  if (!isJsonObject(value)) {
    return null;
  }
  return new Map(
    Object.entries(value).flatMap(([name, member]): [string, CelInput][] => {
      const known = memberSchema(schema, name);
      return known
        ? [
            [
              schema.properties ? memberName(name) : name,
              celValue(member, known),
            ],
          ]
        : [];
    }),
  );
}

function isIntegral(schema: JsonSchema): boolean {
  return (
    schema.type === 'integer' || schema['x-kubernetes-int-or-string'] === true
  );
}

function memberName(name: string): string {
  return RESERVED.has(name) ? `__${name}__` : name;
}
