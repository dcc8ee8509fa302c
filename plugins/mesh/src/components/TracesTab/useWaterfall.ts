import { Trace } from 'backstage-plugin-mesh-common';
import { KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react';
import { useUrlState } from '../../hooks/useUrlState';
import { parentOf, RowView, visibleRows } from './visibleRows';

/** Rows that are drawn at first, and with each step more: a browser takes its time for thousands. */
const STEP = 400;

export interface WaterfallState {
  view: RowView;
  setView(change: Partial<RowView>): void;
  /** The rows that are drawn. */
  drawn: number[];
  /** Rows that are not drawn yet. */
  undrawn: number;
  drawMore(): void;
  closeAll(): void;
  toggle(index: number): void;
  /** The row that the tab key leads to. */
  active: number | undefined;
  setActive(index: number): void;
  /** The row whose details are open. */
  open: number | undefined;
  setOpen(index: number | undefined): void;
  /** Moves in the tree: the keys of the treegrid pattern of WAI-ARIA. */
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
  rowRef(index: number): (row: HTMLTableRowElement | null) => void;
}

/** The state of a waterfall; what somebody else should see is in the URL. */
export function useWaterfall(trace: Trace): WaterfallState {
  const { rows } = trace;
  const url = useUrlState();
  const [view, change] = useState<RowView>({
    closed: new Set(),
    criticalOnly: false,
    text: '',
  });
  const [limit, setLimit] = useState(STEP);
  const [focused, setActive] = useState<number>();
  const elements = useRef(new Map<number, HTMLTableRowElement>());
  const visible = useMemo(() => visibleRows(trace, view), [trace, view]);
  const drawn = useMemo(() => visible.slice(0, limit), [visible, limit]);
  const span = url.get('span');
  const opened = rows.findIndex(({ id }) => id === span);
  const open = opened < 0 ? undefined : opened;
  const active = [focused, open].find(
    index => index !== undefined && drawn.includes(index),
  );

  const setView = useCallback(
    (part: Partial<RowView>) => change(before => ({ ...before, ...part })),
    [],
  );
  const toggle = (index: number, close = !view.closed.has(index)) => {
    const closed = new Set(view.closed);
    if (close) {
      closed.add(index);
    } else {
      closed.delete(index);
    }
    setView({ closed });
  };
  const setOpen = (index: number | undefined) =>
    url.set(
      { span: index === undefined ? undefined : rows[index].id },
      {
        replace: true,
      },
    );
  const focus = (index: number | undefined) => {
    const element = index === undefined ? null : elements.current.get(index);
    element?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = active ?? drawn.at(0);
    if (index === undefined || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const position = drawn.indexOf(index);
    const isBranch = rows[index].descendants > 0;
    const isClosed = view.closed.has(index);
    const keys: Record<string, () => void> = {
      ArrowDown: () => focus(drawn[position + 1]),
      ArrowUp: () => focus(drawn[position - 1]),
      Home: () => focus(drawn[0]),
      End: () => focus(drawn.at(-1)),
      ArrowRight: () =>
        isBranch && isClosed
          ? toggle(index, false)
          : isBranch && focus(drawn[position + 1]),
      ArrowLeft: () =>
        isBranch && !isClosed
          ? toggle(index, true)
          : focus(parentOf(rows, index)),
      Enter: () => setOpen(open === index ? undefined : index),
      Escape: () => setOpen(undefined),
    };
    if (Object.hasOwn(keys, event.key)) {
      event.preventDefault();
      keys[event.key]();
    }
  };

  return {
    view,
    setView,
    drawn,
    undrawn: visible.length - drawn.length,
    drawMore: () => setLimit(limit + STEP),
    closeAll: () =>
      setView({
        closed: new Set(
          rows.flatMap(({ descendants }, index) =>
            descendants > 0 ? [index] : [],
          ),
        ),
      }),
    toggle,
    active: active ?? drawn.at(0),
    setActive,
    open,
    setOpen,
    onKeyDown,
    rowRef: index => element => {
      if (element) {
        elements.current.set(index, element);
      } else {
        elements.current.delete(index);
      }
    },
  };
}
