import { RE2JS } from '@bufbuild/re2';
import { readClass } from './rustClass';

/**
 * What is wrong with a regular expression to Rust's `regex`, which proxies and the policy controller use; undefined where
 * it is one. Its syntax is that of RE2, but for what is said below. What people bring from elsewhere is named: look-around,
 * back-references, and braces that are no repetition, as in `/users/{id}`.
 *
 * Upstream: policy-controller/core/src/http_route.rs, `PathMatch::try_regex`; https://docs.rs/regex/latest/regex/#syntax.
 */
export function regexComplaint(text: string): string | undefined {
  const parts = partsOf(text);
  const complaint =
    parts.map(complaintAbout).find(found => found) ??
    complaintAboutFlags(parts);
  if (complaint) {
    return complaint;
  }
  try {
    RE2JS.compile(parts.map(asRe2).join(''));
    return undefined;
  } catch (error) {
    // The only way to learn whether it compiles; its message says what is wrong.
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether a text is a regular expression to Rust. */
export function isRegex(text: string): boolean {
  return regexComplaint(text) === undefined;
}

/** An escape, the begin of a special group, quantifiers in a row, or one character. */
const PART =
  /\\(?:[xuUpP]\{[^}\\]*\}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|b\{[a-z-]*\}|[^])|\(\?(?:P?<[=!]?|[=!]|[a-zA-Z-]*)|(?:[*+?]|\{ *\d+ *(?:, *\d* *)?\})+|[^]/uy;

/** The parts of an expression; a class in brackets is one. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    PART.lastIndex = at;
    const part =
      text[at] === '['
        ? text.slice(at, readClass(text, at).end)
        : PART.exec(text)?.[0] ?? text.slice(at);
    parts.push(part);
    at += part.length;
  }
  return parts;
}

const QUANTIFIER = /^(?:[*+?]|\{ *\d)/;
const COUNTED = /\d+ *, *\d+/g;

function isBackwards(counts: string): boolean {
  const [least, most] = counts.split(',').map(Number);
  return least > most;
}

function complaintAbout(part: string): string | undefined {
  if (part.startsWith('[')) {
    return readClass(part, 0).complaint;
  }
  if (/^\(\?<?[=!]/.test(part)) {
    return 'there is no look-around';
  }
  if (/^\\[1-9k]/.test(part)) {
    return 'there are no back-references';
  }
  if (/^\\[0QEC]/.test(part)) {
    return `there is no ${part}`;
  }
  if (QUANTIFIER.test(part) && part.match(COUNTED)?.some(isBackwards)) {
    return `${part} repeats at least more often than at most`;
  }
  if (part === '{') {
    return 'a { that begins no repetition must be written \\{';
  }
  return undefined;
}

const FLAGS = /^\(\?([a-zA-Z-]*)$/;

/** Flags, as in `(?i)`, are written once each, and there is nothing to repeat of them. */
function complaintAboutFlags(parts: readonly string[]): string | undefined {
  for (const [index, part] of parts.entries()) {
    const [, flags] = FLAGS.exec(part) ?? [];
    const isAlone = flags !== undefined && parts[index + 1] === ')';
    if (isAlone && QUANTIFIER.test(parts[index + 2] ?? '')) {
      return `there is nothing to repeat after ${part})`;
    }
    if (isAlone && flags === '') {
      return '(?) has no flags';
    }
    if (flags && (flags.endsWith('-') || /(.).*\1/.test(flags))) {
      return `${part} has a flag twice, or none after the -`;
    }
  }
  return undefined;
}

const RE2_REPEATS_AT_MOST = 1000;

/** The expression as RE2 matches it. */
export function asMatchedByRe2(expression: string): string {
  return partsOf(expression).map(asMatched).join('');
}

function asMatched(part: string): string {
  if (part.startsWith('[')) {
    return classAsRe2(part, asMatched);
  }
  const [, code] = /^\\[uU]\{?([0-9A-Fa-f]+)\}?$/.exec(part) ?? [];
  return code === undefined ? asRe2(part) : `\\x{${code}}`;
}

/** The part as RE2 has it: without what only Rust has, where that does not matter to whether it is one. */
function asRe2(part: string): string {
  if (part.startsWith('[')) {
    return classAsRe2(part, asRe2);
  }
  if (/^\\[uU]/.test(part)) {
    return 'u';
  }
  if (/^\\b\{|^\\[<>]$/.test(part)) {
    return '\\b';
  }
  const [, flags] = FLAGS.exec(part) ?? [];
  if (flags !== undefined) {
    return `(?${flags.replace(/[xuR]/g, '').replace(/-$/, '')}`;
  }
  return QUANTIFIER.test(part) ? quantifier(part.replaceAll(' ', '')) : part;
}

const NOTHING = '^\\x00-\\x{10FFFF}';

function classAsRe2(part: string, asItem: (part: string) => string): string {
  const { isNegated, items } = readClass(part, 0);
  const taken = items.map(item =>
    // Names of RE2's own begin as classes do.
    item.startsWith('[') ? item : partsOf(item).map(asItem).join(''),
  );
  return `[${isNegated ? '^' : ''}${taken.join('') || NOTHING}]`;
}

/** Rust repeats what is repeated already, as often as one likes. */
function quantifier(part: string): string {
  const [, first] = /^([*+?]|\{[^}]*\})/.exec(part) ?? [];
  const lazy = part.length > (first ?? '').length && part.endsWith('?');
  const counted = /^\{(\d+)(,?)(\d*)\}$/.exec(first ?? '');
  const once = counted
    ? `{${[counted[1], counted[3]]
        .filter(count => count !== '')
        .map(count => Math.min(Number(count), RE2_REPEATS_AT_MOST))
        .join(',')}${counted[2] && !counted[3] ? ',' : ''}}`
    : first;
  return `${once}${lazy ? '?' : ''}`;
}
