import type { StoredObject } from '../../store/types';
import { listOf, recordOf, type JsonRecord } from '../../store/values';
import { timeSince } from '../duration';
import { readPath } from '../jsonPath';
import { column, type Column } from './types';

export const NONE = '<none>';

export function spec(object: StoredObject): JsonRecord {
  return recordOf(object.spec);
}

export function status(object: StoredObject): JsonRecord {
  return recordOf(object.status);
}

/** The value at a path as text, or what stands for nothing. */
export function text(path: string, absent: string = '') {
  return (object: StoredObject): string => {
    const value = readPath(object, path);
    return value === undefined || value === '' ? absent : String(value);
  };
}

/** The value at a path as a number; 0 where there is none. */
export function count(path: string) {
  return (object: StoredObject): number => {
    const value = readPath(object, path);
    return typeof value === 'number' ? value : 0;
  };
}

export function joined(
  values: readonly unknown[],
  separator: string = ',',
): string {
  return values.length > 0 ? values.map(String).join(separator) : NONE;
}

/** Labels as `a=b,c=d`. */
export function pairs(labels: unknown): string {
  return joined(
    Object.entries(recordOf(labels))
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  );
}

export function members(value: unknown): JsonRecord[] {
  return listOf(value).map(recordOf);
}

/** A list that names its first items and counts the rest. */
export function firstOf(items: readonly unknown[], limit: number): string {
  return items.length > limit
    ? `${items.slice(0, limit).join(',')} + ${items.length - limit} more...`
    : joined(items);
}

export const nameColumn: Column = column(
  'Name',
  object => object.metadata.name,
  { format: 'name' },
);

export const ageColumn: Column = column('Age', (object, now) =>
  timeSince(object.metadata.creationTimestamp, now),
);

export const createdColumn: Column = column(
  'Created At',
  object => object.metadata.creationTimestamp,
  { type: 'date' },
);
