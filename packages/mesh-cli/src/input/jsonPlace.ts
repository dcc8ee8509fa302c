/** Where values are in a JSON text that is known to be valid: found by skipping, without keeping a tree of it. */

const SPACE = /[\s,:]/;

/** The offset of the value at these names and indexes, or of the last one on the way that is there. */
export function offsetInJson(
  text: string,
  path: readonly (string | number)[],
): number {
  let offset = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  for (const step of path) {
    const next = childInJson(text, offset, step);
    if (next === undefined) {
      return offset;
    }
    offset = next;
  }
  return offset;
}

/** The offset of the item or member of the value that begins here; undefined where it has none such. */
export function childInJson(
  text: string,
  parent: number,
  step: string | number,
): number | undefined {
  return typeof step === 'number'
    ? itemAt(text, parent, step)
    : memberAt(text, parent, step);
}

/** The line and column of an offset; both count from 1. */
export function lineOf(
  text: string,
  offset: number,
): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end < 0 || end >= offset) {
      return { line, column: offset - start + 1 };
    }
    line += 1;
    start = end + 1;
  }
}

function itemAt(
  text: string,
  array: number,
  index: number,
): number | undefined {
  if (text[array] !== '[') {
    return undefined;
  }
  let offset = skipSpace(text, array + 1);
  for (let at = 0; text[offset] !== ']'; at++) {
    if (at === index) {
      return offset;
    }
    offset = skipSpace(text, endOf(text, offset));
  }
  return undefined;
}

function memberAt(
  text: string,
  object: number,
  name: string,
): number | undefined {
  if (text[object] !== '{') {
    return undefined;
  }
  let offset = skipSpace(text, object + 1);
  while (text[offset] !== '}') {
    const end = endOf(text, offset);
    const value = skipSpace(text, end);
    if (JSON.parse(text.slice(offset, end)) === name) {
      return value;
    }
    offset = skipSpace(text, endOf(text, value));
  }
  return undefined;
}

/** The end of the value that begins here. */
function endOf(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    switch (text[offset]) {
      case '"':
        offset = endOfString(text, offset) - 1;
        break;
      case '{':
      case '[':
        depth += 1;
        break;
      case '}':
      case ']':
        if (depth === 0) {
          return offset;
        }
        depth -= 1;
        break;
      default:
        if (depth === 0 && SPACE.test(text[offset])) {
          return offset;
        }
        continue;
    }
    if (depth === 0) {
      return offset + 1;
    }
  }
  return text.length;
}

function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
  } while (isEscaped(text, end));
  return end + 1;
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0;
  while (text[quote - 1 - backslashes] === '\\') {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}

function skipSpace(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && SPACE.test(text[offset])) {
    offset += 1;
  }
  return offset;
}
