import { cloneJson, define, isRecord, own, type JsonRecord } from '../values';
import type { Schema } from './types';

/**
 * The value with the defaults of its schema where it has nothing. A null that the schema does not allow counts as
 * nothing where there is a default.
 */
export function fillDefaults(schema: Schema, value: unknown): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map(item => fillDefaults(items, item)) : value;
  }
  if (!isRecord(value)) {
    return value;
  }
  const result: JsonRecord = {};
  for (const [name, member] of Object.entries(value)) {
    const known = schema.properties.get(name) ?? schema.additionalProperties;
    define(result, name, known ? fillDefaults(known, member) : member);
  }
  for (const [name, property] of schema.properties) {
    const present = own(result, name);
    if (
      property.default !== undefined &&
      (present === undefined || (present === null && !property.nullable))
    ) {
      define(result, name, fillDefaults(property, cloneJson(property.default)));
    }
  }
  return result;
}
