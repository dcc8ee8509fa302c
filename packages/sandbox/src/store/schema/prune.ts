import { define, isRecord, type JsonRecord } from '../values';
import { itemPath, memberPath } from './path';
import type { Schema } from './types';

const KEEP = 'keep';

/**
 * The value without the fields that its schema does not have, as the server stores it. `report` hears of each of
 * them. Null is the same as absent where it is not a value; in built-in kinds so are empty optional lists and maps.
 */
export function prune(
  schema: Schema,
  value: unknown,
  report: (path: string) => void,
  path: string = '',
): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items
      ? value.map((item, index) =>
          prune(items, item, report, itemPath(path, index)),
        )
      : value;
  }
  return isRecord(value) ? pruneRecord(schema, value, report, path) : value;
}

function pruneRecord(
  schema: Schema,
  value: JsonRecord,
  report: (path: string) => void,
  path: string,
): JsonRecord {
  const result: JsonRecord = {};
  for (const [name, member] of Object.entries(value)) {
    const place = memberPath(path, name);
    const known =
      schema.properties.get(name) ??
      schema.additionalProperties ??
      envelopeMember(schema, name);
    if (known) {
      const kept =
        known === KEEP ? member : prune(known, member, report, place);
      if (!isAbsent(schema, name, known, kept)) {
        define(result, name, kept);
      }
    } else if (schema.preserveUnknown) {
      define(result, name, member);
    } else {
      report(place);
    }
  }
  return result;
}

/** The members of a whole object that lies in another: their form is not the schema's matter. */
function envelopeMember(schema: Schema, name: string): typeof KEEP | undefined {
  return schema.embeddedResource &&
    (name === 'apiVersion' || name === 'kind' || name === 'metadata')
    ? KEEP
    : undefined;
}

function isAbsent(
  parent: Schema,
  name: string,
  schema: Schema | typeof KEEP,
  value: unknown,
): boolean {
  if (schema === KEEP) {
    return false;
  }
  if (value === null) {
    return parent.native || (schema.type !== undefined && !schema.nullable);
  }
  if (!parent.native) {
    return false;
  }
  if (!parent.properties.has(name) || parent.required.includes(name)) {
    return false;
  }
  return Array.isArray(value)
    ? value.length === 0
    : Boolean(schema.additionalProperties) &&
        isRecord(value) &&
        Object.keys(value).length === 0;
}
