import type { CustomVersion, PrinterColumn } from '../../store/customResources';
import type { StoredObject } from '../../store/types';
import { timeSince } from '../duration';
import { readAll } from '../jsonPath';
import { ageColumn, nameColumn } from './cells';
import { column, type Column } from './types';

/** The columns that a definition gives its resource; name and age where it gives none. */
export function customColumns(
  version: CustomVersion | undefined,
): readonly Column[] {
  const defined = version?.printerColumns ?? [];
  return [
    nameColumn,
    ...(defined.length > 0 ? defined.map(customColumn) : [ageColumn]),
  ];
}

function customColumn(definition: PrinterColumn): Column {
  const { name, type, format, description, priority, jsonPath } = definition;
  return column(name, (object, now) => cell(object, type, jsonPath, now), {
    type: columnType(type),
    format,
    description:
      description ||
      `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    priority,
  });
}

function columnType(type: string): Column['type'] {
  switch (type) {
    case 'integer':
    case 'boolean':
    case 'number':
    case 'date':
      return type;
    default:
      return 'string';
  }
}

function cell(
  object: StoredObject,
  type: string,
  path: string,
  now: Date,
): unknown {
  const values = readAll(object, path);
  if (values.length === 0) {
    return null;
  }
  const [value] = values;
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    case 'boolean':
      return typeof value === 'boolean' ? value : null;
    case 'date':
      return timeSince(value, now);
    default:
      return values.map(shown).join(',');
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
