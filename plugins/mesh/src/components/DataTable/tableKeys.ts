import { KeyboardEvent } from 'react';

const FOCUSABLE = 'a[href], button:not([disabled]), input, select';

const MOVES: { readonly [key: string]: readonly [row: number, cell: number] } =
  {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  };

/**
 * Moves the focus among the controls of a table by arrow keys: up and down to the next row that has a
 * control in the same column, sideways to the next control of the row. Fields keep their own arrow keys.
 */
export function moveInTable(event: KeyboardEvent<HTMLTableElement>): void {
  const move = MOVES[event.key];
  const from = event.target;
  if (
    !move ||
    event.altKey ||
    event.ctrlKey ||
    event.metaKey ||
    !(from instanceof HTMLElement) ||
    from.matches('input, select, textarea')
  ) {
    return;
  }
  const [rowStep, cellStep] = move;
  const target =
    rowStep !== 0
      ? inColumn(event.currentTarget, from, rowStep)
      : inRow(from, cellStep);
  if (target) {
    event.preventDefault();
    target.focus();
  }
}

function inColumn(
  table: HTMLTableElement,
  from: HTMLElement,
  step: number,
): HTMLElement | undefined {
  const cell = from.closest('td, th');
  const column = cell && columnOf(cell);
  const candidates = [...table.querySelectorAll<HTMLElement>('td, th')].filter(
    other => columnOf(other) === column,
  );
  const index = candidates.findIndex(other => other === cell);
  for (
    let next = index + step;
    next >= 0 && next < candidates.length;
    next += step
  ) {
    const control = candidates[next].querySelector<HTMLElement>(FOCUSABLE);
    if (control) {
      return control;
    }
  }
  return undefined;
}

function inRow(from: HTMLElement, step: number): HTMLElement | undefined {
  const row = from.closest('tr');
  const controls = row ? [...row.querySelectorAll<HTMLElement>(FOCUSABLE)] : [];
  return controls[controls.indexOf(from) + step];
}

/** The column of a cell; rows in which a cell spans several have fewer cells, so cells carry their column. */
function columnOf(cell: Element): string {
  return (
    cell.getAttribute('data-column') ??
    String([...(cell.parentElement?.children ?? [])].indexOf(cell))
  );
}
