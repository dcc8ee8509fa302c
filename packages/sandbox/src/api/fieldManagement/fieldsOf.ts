import type { Schema } from '../../store/schema/types';
import { isRecord } from '../../store/values';
import { FieldSetBuilder, type FieldPath, type FieldSet } from './fieldSet';
import {
  itemElement,
  memberElement,
  memberSchema,
  structureOf,
} from './structure';

/** The fields that a configuration names. */
export function fieldsOf(schema: Schema | undefined, value: unknown): FieldSet {
  const builder = new FieldSetBuilder();
  collect(schema, value, [], builder);
  return builder.build();
}

function collect(
  schema: Schema | undefined,
  value: unknown,
  path: FieldPath,
  fields: FieldSetBuilder,
): void {
  const structure = structureOf(schema, value);
  if (structure === 'leaf') {
    fields.insert(path);
  } else if (structure === 'map' && isRecord(value)) {
    for (const [name, member] of Object.entries(value)) {
      const place = [...path, memberElement(name)];
      collect(memberSchema(schema, name), member, place, fields);
      const empty = isRecord(member) && Object.keys(member).length === 0;
      if (empty || member === null || !schema?.properties.has(name)) {
        fields.insert(place);
      }
    }
  } else if (Array.isArray(value)) {
    for (const item of value) {
      const place = [...path, itemElement(schema, item)];
      collect(schema?.items, item, place, fields);
      fields.insert(place);
    }
  }
}
