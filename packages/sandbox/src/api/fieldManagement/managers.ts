import { isRecord, listOf } from '../../store/values';
import { decodeFields, encodeFields, isEmpty, type FieldSet } from './fieldSet';

/** One entry of `metadata.managedFields`. */
export interface Manager {
  name: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
  time?: string;
  fields: FieldSet;
}

/** Whether two entries are of the same manager; an applier is the same in whatever version it applies. */
export function sameManager(
  a: Omit<Manager, 'fields' | 'time'>,
  b: Omit<Manager, 'fields' | 'time'>,
): boolean {
  return (
    a.name === b.name &&
    a.operation === b.operation &&
    a.subresource === b.subresource &&
    (a.operation === 'Apply' || a.apiVersion === b.apiVersion)
  );
}

/** The entries of an object; none where they cannot be read, as if nobody had been tracked. */
export function decodeManagers(managedFields: unknown): Manager[] {
  const entries = listOf(managedFields).map(decodeManager);
  return entries.includes(undefined)
    ? []
    : entries.filter(entry => entry !== undefined);
}

function decodeManager(entry: unknown): Manager | undefined {
  if (!isRecord(entry)) {
    return undefined;
  }
  const { manager, operation, apiVersion, subresource, time } = entry;
  if (
    (operation !== 'Apply' && operation !== 'Update') ||
    typeof apiVersion !== 'string' ||
    entry.fieldsType !== 'FieldsV1'
  ) {
    return undefined;
  }
  return {
    name: typeof manager === 'string' ? manager : '',
    operation,
    apiVersion,
    subresource: typeof subresource === 'string' ? subresource : '',
    ...(typeof time === 'string' && { time }),
    fields: decodeFields(entry.fieldsV1),
  };
}

export function encodeManagers(managers: readonly Manager[]): unknown[] {
  return managers
    .filter(manager => !isEmpty(manager.fields))
    .sort(
      (a, b) =>
        compareText(a.operation, b.operation) ||
        compareText(a.time ?? '', b.time ?? '') ||
        compareText(a.name, b.name) ||
        compareText(a.apiVersion, b.apiVersion) ||
        compareText(a.subresource, b.subresource),
    )
    .map(({ name, operation, apiVersion, subresource, time, fields }) => ({
      apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: encodeFields(fields),
      manager: name,
      operation,
      ...(subresource && { subresource }),
      ...(time && { time }),
    }));
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

/** A manager as messages show it. */
export function printManager(manager: Manager): string {
  const name = JSON.stringify(manager.name);
  const what = manager.subresource
    ? `${name} with subresource ${JSON.stringify(manager.subresource)}`
    : name;
  return manager.operation === 'Update'
    ? `${what} using ${manager.apiVersion}`
    : what;
}
