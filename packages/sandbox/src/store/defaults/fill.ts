import { isRecord, type JsonRecord } from '../values';

/** The record with these members where it lacks them. */
export function fill(value: unknown, defaults: JsonRecord): JsonRecord {
  return { ...defaults, ...(isRecord(value) ? value : {}) };
}

/** The record with one member changed, if it has it. */
export function change(
  record: JsonRecord,
  name: string,
  next: (value: JsonRecord) => JsonRecord,
): JsonRecord {
  const value = record[name];
  return isRecord(value) ? { ...record, [name]: next(value) } : record;
}

/** The record with each item of a list changed, if it has the list. */
export function changeEach(
  record: JsonRecord,
  name: string,
  next: (item: JsonRecord) => JsonRecord,
): JsonRecord {
  const values = record[name];
  return Array.isArray(values)
    ? {
        ...record,
        [name]: values.map((item: unknown) =>
          isRecord(item) ? next(item) : item,
        ),
      }
    : record;
}
