import type { Schema } from '../../store/schema/types';
import { isRecord, own } from '../../store/values';

/** How a value is owned: as a whole, or by its members or items. */
export type Structure = 'leaf' | 'map' | 'list';

/**
 * How a value of a schema is owned. Where nothing is known of the form, a mapping is owned by members and a list as a
 * whole.
 */
export function structureOf(
  schema: Schema | undefined,
  value: unknown,
): Structure {
  if (Array.isArray(value)) {
    return schema && schema.listType !== 'atomic' ? 'list' : 'leaf';
  }
  if (!isRecord(value)) {
    return 'leaf';
  }
  const raw = schema?.native && schema.preserveUnknown;
  return schema?.atomic || raw ? 'leaf' : 'map';
}

export function memberSchema(
  schema: Schema | undefined,
  name: string,
): Schema | undefined {
  return schema?.properties.get(name) ?? schema?.additionalProperties;
}

export function memberElement(name: string): string {
  return `f:${name}`;
}

/** The member that an element names; of an item there is none. */
export function memberName(element: string): string {
  return element.startsWith('f:') ? element.slice(2) : '';
}

/** The schema of what an element leads to. */
export function elementSchema(
  schema: Schema | undefined,
  element: string,
): Schema | undefined {
  return element.startsWith('f:')
    ? memberSchema(schema, memberName(element))
    : schema?.items;
}

/** The element by which an item of a list is found: its key, or in a set the item itself. */
export function itemElement(schema: Schema | undefined, item: unknown): string {
  if (schema?.listType !== 'map') {
    return `v:${JSON.stringify(item)}`;
  }
  const key: Record<string, unknown> = {};
  for (const name of [...schema.listMapKeys].sort()) {
    const given = isRecord(item) ? own(item, name) : undefined;
    const value = given ?? schema.items?.properties.get(name)?.default;
    if (value !== undefined) {
      key[name] = value;
    }
  }
  return `k:${JSON.stringify(key)}`;
}

/** Whether a value has nothing in it: then it is owned as a whole. */
export function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.length === 0;
  }
  return (
    value === undefined ||
    value === null ||
    (isRecord(value) && Object.keys(value).length === 0)
  );
}
