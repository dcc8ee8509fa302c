/** Where values are in a JSON text that is known to be valid: found by skipping, without keeping a tree of it. */

const SPACE = /[\s,:]/;

/** Where the items of the list begin that begins here; none where it is no list. */
export function itemOffsets(text: string, array: number): number[] {
  const offsets: number[] = [];
  if (text[array] !== '[') {
    return offsets;
  }
  let offset = skipSpace(text, array + 1);
  while (text[offset] !== ']') {
    offsets.push(offset);
    offset = skipSpace(text, endOf(text, offset));
  }
  return offsets;
}

/** Where the value of a member of the object begins that begins here. */
export function memberAt(
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

export function skipSpace(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && SPACE.test(text[offset])) {
    offset += 1;
  }
  return offset;
}
