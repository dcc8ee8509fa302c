import { UnknownField } from '../validation/problem';
import { isJsonObject } from '../kubernetes/jsonValues';
import { JsonSchema, memberSchema } from './jsonSchema';
import { nearestName } from './nearestName';

/** The members of a value that its schema does not have, with the one that may have been meant. */
export function unknownFields(
  value: unknown,
  schema: JsonSchema,
  path: string,
): UnknownField[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.flatMap((item, index) =>
          unknownFields(item, items, `${path}[${index}]`),
        )
      : [];
  }
  if (!isJsonObject(value) || isOpen(schema)) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => {
    const field = `${path}.${name}`;
    const known = memberSchema(schema, name);
    if (known) {
      return unknownFields(member, known, field);
    }
    const nearest = nearestName(name, Object.keys(schema.properties ?? {}));
    return [
      {
        field,
        message: `unknown field "${field}"`,
        ...(nearest && { nearest }),
      },
    ];
  });
}

/** Where the schema says nothing of the members, any member is right. */
function isOpen(schema: JsonSchema): boolean {
  return (
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true ||
    (schema.properties === undefined &&
      typeof schema.additionalProperties !== 'object')
  );
}
