import { itemOffsets, memberAt, skipSpace } from './jsonPlace';

/** So many lines are counted at once. */
const LINES = 1_000;

/**
 * A JSON text in which places are looked for again and again: the items of a list, and the lines, are counted once, for
 * there may be thousands.
 */
export class JsonText {
  readonly #text: string;
  readonly #items = new Map<number, readonly number[]>();
  /** Where each thousandth line begins. */
  #lines?: readonly number[];

  static create(text: string): JsonText {
    return new JsonText(text);
  }

  private constructor(text: string) {
    this.#text = text;
  }

  /** The offset of the value at these names and indexes, or of the last one on the way that is there. */
  offsetOf(path: readonly (string | number)[]): number {
    const text = this.#text;
    let offset = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
    for (const step of path) {
      const next = this.childAt(offset, step);
      if (next === undefined) {
        return offset;
      }
      offset = next;
    }
    return offset;
  }

  /** The offset of the item or member of the value that begins here; undefined where it has none such. */
  childAt(parent: number, step: string | number): number | undefined {
    return typeof step === 'number'
      ? this.#itemsOf(parent)[step]
      : memberAt(this.#text, parent, step);
  }

  /** The line and column of an offset; both count from 1. */
  placeOf(offset: number): { line: number; column: number } {
    this.#lines ??= everyThousandth(this.#text);
    const after = this.#lines.findIndex(start => start > offset);
    const at = (after < 0 ? this.#lines.length : after) - 1;
    let line = at * LINES + 1;
    let start = this.#lines[at];
    for (;;) {
      const end = this.#text.indexOf('\n', start);
      if (end < 0 || end >= offset) {
        return { line, column: offset - start + 1 };
      }
      line += 1;
      start = end + 1;
    }
  }

  #itemsOf(array: number): readonly number[] {
    const known = this.#items.get(array);
    if (known) {
      return known;
    }
    const items = itemOffsets(this.#text, array);
    this.#items.set(array, items);
    return items;
  }
}

function everyThousandth(text: string): number[] {
  const starts = [0];
  let lines = 0;
  for (
    let end = text.indexOf('\n');
    end >= 0;
    end = text.indexOf('\n', end + 1)
  ) {
    lines += 1;
    if (lines % LINES === 0) {
      starts.push(end + 1);
    }
  }
  return starts;
}
