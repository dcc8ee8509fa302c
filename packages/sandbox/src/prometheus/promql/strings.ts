import { BadQuery } from './errors';

const SIMPLE: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

const ESCAPE =
  /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.|$))/gs;

/** The value of a PromQL string literal: Go's escapes, and none between backticks. */
export function unquote(literal: string): string {
  const quote = literal[0];
  if (literal.length < 2 || literal[literal.length - 1] !== quote) {
    throw new BadQuery(`unterminated quoted string ${literal}`);
  }
  const body = literal.slice(1, -1);
  if (quote === '`') {
    return body;
  }
  return body.replace(ESCAPE, (escape, x, u, long, octal, simple) => {
    if (octal) {
      return String.fromCharCode(parseInt(octal, 8));
    }
    const hex: string | undefined = x ?? u ?? long;
    if (hex) {
      return String.fromCodePoint(parseInt(hex, 16));
    }
    const value = SIMPLE[simple];
    if (value === undefined) {
      throw new BadQuery(`unknown escape sequence ${escape} in ${literal}`);
    }
    return value;
  });
}
