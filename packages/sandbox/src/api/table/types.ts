import type { StoredObject } from '../../store/types';

/** A column of a printed list, with the cell that it has for an object. */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'boolean' | 'number' | 'date';
  format: string;
  description: string;
  /** 0 is always shown, more only in wide lists. */
  priority: number;
  cell: (object: StoredObject, now: Date) => unknown;
}

type Cell = Column['cell'];

export function column(
  name: string,
  cell: Cell,
  options: Partial<Omit<Column, 'name' | 'cell'>> = {},
): Column {
  return {
    name,
    type: 'string',
    format: '',
    description: '',
    priority: 0,
    ...options,
    cell,
  };
}

/** A column of wide lists. */
export function wide(name: string, cell: Cell): Column {
  return column(name, cell, { priority: 1 });
}

export function integer(name: string, cell: Cell): Column {
  return column(name, cell, { type: 'integer' });
}
