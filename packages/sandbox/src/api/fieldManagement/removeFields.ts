import type { Schema } from '../../store/schema/types';
import { define, isRecord, type JsonRecord } from '../../store/values';
import { below, isEmpty, type FieldSet } from './fieldSet';
import {
  itemElement,
  memberElement,
  memberSchema,
  structureOf,
} from './structure';

/** The value without these fields; undefined where nothing of it remains. */
export function removeFields(
  schema: Schema | undefined,
  value: unknown,
  fields: FieldSet,
): unknown {
  const structure = structureOf(schema, value);
  if (structure === 'map' && isRecord(value)) {
    return removeMembers(schema, value, fields);
  }
  if (structure === 'list' && Array.isArray(value)) {
    const kept = value.flatMap((item: unknown) => {
      const element = itemElement(schema, item);
      if (fields.members.has(element)) {
        return [];
      }
      const inner = below(fields, element);
      return [isEmpty(inner) ? item : removeFields(schema?.items, item, inner)];
    });
    return kept.length > 0 ? kept : undefined;
  }
  // A list or mapping that is owned as a whole goes with any field in it.
  return Array.isArray(value) || isRecord(value) ? undefined : value;
}

function removeMembers(
  schema: Schema | undefined,
  value: JsonRecord,
  fields: FieldSet,
): JsonRecord | undefined {
  const result: JsonRecord = {};
  for (const [name, member] of Object.entries(value)) {
    const element = memberElement(name);
    if (!fields.members.has(element)) {
      const inner = below(fields, element);
      const kept = isEmpty(inner)
        ? member
        : removeFields(memberSchema(schema, name), member, inner);
      define(result, name, kept === undefined ? null : kept);
    }
  }
  return Object.keys(result).length > 0 ? result : undefined;
}
