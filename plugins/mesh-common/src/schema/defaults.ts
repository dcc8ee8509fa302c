import { isJsonObject, own } from '../kubernetes/jsonValues';
import { JsonSchema, memberSchema } from './jsonSchema';

/**
 * The value as the API server sees it before it validates: null members that may not be null are gone, and
 * defaults are filled in.
 */
export function withDefaults(value: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map(item => withDefaults(item, items)) : value;
  }
  if (!isJsonObject(value)) {
    return value;
  }
  const members = Object.entries(value)
    .filter(
      ([name, member]) =>
        member !== null || keepsNull(schema, memberSchema(schema, name), name),
    )
    .map(([name, member]): [string, unknown] => {
      const known = memberSchema(schema, name);
      return [name, known ? withDefaults(member, known) : member];
    });
  const added = Object.entries(schema.properties ?? {})
    .filter(
      ([name, { default: filled }]) =>
        filled !== undefined && (own(value, name) ?? null) === null,
    )
    .map(([name, { default: filled }]): [string, unknown] => [name, filled]);
  return Object.fromEntries([...members, ...added]);
}

/** A null in place of a required value is told; elsewhere it counts as absent. */
function keepsNull(
  parent: JsonSchema,
  schema: JsonSchema | undefined,
  name: string,
): boolean {
  return (
    !schema ||
    schema.nullable === true ||
    (parent.required?.includes(name) === true && schema.default === undefined)
  );
}
