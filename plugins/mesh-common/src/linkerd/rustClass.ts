/** A class in brackets, as Rust reads it. */
export interface RustClass {
  /** Where it ends in the text. */
  end: number;
  /** What is wrong with it. */
  complaint?: string;
  isNegated: boolean;
  /** What it takes, each as RE2 writes it within brackets. */
  items: string[];
}

/** An escape, or one character. */
const ITEM =
  /\\(?:[pP](?:\{[^}\\]*\}|[^])|[xuU]\{[^}\\]*\}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^])|[^]/uy;

const NAMED =
  /\[:\^?(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit):\]/y;

const OPERATORS = ['&&', '--', '~~'];

/** So deep classes may be within classes: https://docs.rs/regex-syntax, `ParserBuilder::nest_limit`. */
const MAX_DEPTH = 250;

/**
 * Reads the class that begins at a place of an expression. Other than to RE2, a bracket in it begins a class within the
 * class, `&&`, `--` and `~~` combine classes, and a range is from one character to another: `[\w-.]` is none. What is
 * combined is told as if it were all taken.
 *
 * Upstream: https://docs.rs/regex-syntax, `ast::parse::ParserI::parse_set_class`.
 */
export function readClass(text: string, start: number, depth = 1): RustClass {
  const isNegated = text[start + 1] === '^';
  const items: string[] = [];
  let at = start + (isNegated ? 2 : 1);
  const failed = (complaint: string): RustClass => ({
    end: text.length,
    complaint,
    isNegated,
    items,
  });
  if (depth > MAX_DEPTH) {
    return failed(`classes are nested more than ${MAX_DEPTH} deep`);
  }
  for (; text[at] === '-'; at += 1) {
    items.push('\\-');
  }
  if (items.length === 0 && text[at] === ']') {
    items.push('\\]');
    at += 1;
  }
  while (at < text.length) {
    const named = matchAt(NAMED, text, at);
    if (text[at] === ']') {
      return { end: at + 1, isNegated, items };
    } else if (named) {
      items.push(named);
      at += named.length;
    } else if (text[at] === '[') {
      const inner = readClass(text, at, depth + 1);
      if (inner.complaint) {
        return failed(inner.complaint);
      }
      items.push(...inner.items);
      at = inner.end;
    } else if (OPERATORS.includes(text.slice(at, at + 2))) {
      at += 2;
    } else {
      const first = matchAt(ITEM, text, at) ?? '';
      at += first.length;
      const last = isRange(text, at) ? matchAt(ITEM, text, at + 1) : undefined;
      const complaint = complaintAbout(first, last);
      if (complaint) {
        return failed(complaint);
      }
      items.push(
        last === undefined ? quoted(first) : `${quoted(first)}-${quoted(last)}`,
      );
      at += last === undefined ? 0 : last.length + 1;
    }
  }
  return failed('missing closing ]');
}

function matchAt(
  pattern: RegExp,
  text: string,
  at: number,
): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Whether a dash makes a range: it is itself at the end, and part of an operator before another. */
function isRange(text: string, at: number): boolean {
  return text[at] === '-' && text[at + 1] !== ']' && text[at + 1] !== '-';
}

function complaintAbout(
  first: string,
  last: string | undefined,
): string | undefined {
  const ends = [first, ...(last === undefined ? [] : [last])];
  const place = ends.find(item => /^\\[bBAz<>0]/.test(item));
  if (place) {
    return `${place} is no character`;
  }
  return last !== undefined && ends.some(item => /^\\[dDsSwWpP]/.test(item))
    ? `${first}-${last} is no range of characters`
    : undefined;
}

function quoted(item: string): string {
  return /^[[\]^-]$/.test(item) ? `\\${item}` : item;
}
