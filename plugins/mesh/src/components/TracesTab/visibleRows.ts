import { Trace, TraceSpan } from 'backstage-plugin-mesh-common';

/** Which rows of a waterfall are drawn. */
export interface RowView {
  /** Rows whose descendants are not drawn. */
  closed: ReadonlySet<number>;
  criticalOnly: boolean;
  /** Only rows in which this is, and what leads to them; empty for all. */
  text: string;
}

/** The indexes of the rows that are drawn, in order. */
export function visibleRows(
  { rows, processes }: Pick<Trace, 'rows' | 'processes'>,
  { closed, criticalOnly, text }: RowView,
): number[] {
  const wanted = text.trim().toLocaleLowerCase();
  const isWanted = (row: TraceSpan) =>
    (!criticalOnly || row.critical.length > 0) &&
    (wanted === '' || matches(row, processes[row.process].service, wanted));
  const kept = keptRows(rows, isWanted);
  const visible: number[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    if (kept.has(index)) {
      visible.push(index);
    }
    if (closed.has(index)) {
      index += rows[index].descendants;
    }
  }
  return visible;
}

/** How many rows have a text in them. */
export function countMatches(
  { rows, processes }: Pick<Trace, 'rows' | 'processes'>,
  text: string,
): number {
  const wanted = text.trim().toLocaleLowerCase();
  return rows.filter(row =>
    matches(row, processes[row.process].service, wanted),
  ).length;
}

/** The row above which a row is a branch; undefined for roots. */
export function parentOf(
  rows: readonly TraceSpan[],
  index: number,
): number | undefined {
  const { level } = rows[index];
  for (let above = index - 1; above >= 0; above -= 1) {
    if (rows[above].level < level) {
      return above;
    }
  }
  return undefined;
}

/** The rows that are wanted and all that lead to them. */
function keptRows(
  rows: readonly TraceSpan[],
  isWanted: (row: TraceSpan) => boolean,
): Set<number> {
  const kept = new Set<number>();
  const path: number[] = [];
  rows.forEach((row, index) => {
    path.length = row.level;
    path[row.level] = index;
    if (isWanted(row)) {
      path.forEach(above => kept.add(above));
    }
  });
  return kept;
}

function matches(
  { name = '', attributes, id }: TraceSpan,
  service: string | undefined,
  wanted: string,
): boolean {
  return [
    name,
    service ?? '',
    id,
    ...Object.entries(attributes).map(([key, value]) => `${key}=${value}`),
  ].some(text => text.toLocaleLowerCase().includes(wanted));
}
