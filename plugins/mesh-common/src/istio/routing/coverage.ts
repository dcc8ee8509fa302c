import { HttpMatch, StringMatch } from '../objects';
import { isAnyPath, isPresence } from './conditions';

/** An alternative of a rule, and by which semantics its path prefix matches. */
export interface Alternative {
  match: HttpMatch;
  /** Prefixes end at slashes, as in the Gateway API: `/a` matches `/a/b`, not `/ab`. */
  bySegments: boolean;
}

const EVERYTHING: Alternative = { match: {}, bySegments: false };

/** Whether every request has what the alternative asks for. */
export function matchesAll(alternative: Alternative): boolean {
  return covers(alternative, EVERYTHING);
}

/**
 * Whether every request that meets the later alternative meets the earlier one too, so that the later one
 * never gets any. Where that cannot be told (two different expressions) it is taken not to be so. What is
 * decided beforehand (port, gateways) is not looked at.
 */
export function covers(earlier: Alternative, later: Alternative): boolean {
  const a = earlier.match;
  const b = later.match;
  return (
    coversPath(earlier, later) &&
    (['scheme', 'method', 'authority'] as const).every(key =>
      coversText(a[key], b[key]),
    ) &&
    everyNamed(a.headers, name => own(b.headers, name), coversText) &&
    everyNamed(
      a.queryParams,
      name => exactly(b.queryParams, name),
      coversText,
    ) &&
    // What the earlier one refuses, the later one has to refuse as well.
    everyNamed(
      a.withoutHeaders,
      name => own(b.withoutHeaders, name),
      (refused, alsoRefused) =>
        alsoRefused !== undefined && coversText(alsoRefused, refused),
    ) &&
    Object.entries(a.sourceLabels ?? {}).every(
      ([name, value]) => exactly(b.sourceLabels, name) === value,
    )
  );
}

function coversPath(earlier: Alternative, later: Alternative): boolean {
  const a = earlier.match.uri;
  if (!a || isAnyPath(a)) {
    return true;
  }
  const b = later.match.uri;
  if (!b) {
    return false;
  }
  const anyCase = Boolean(earlier.match.ignoreUriCase);
  if (later.match.ignoreUriCase && !anyCase) {
    return false;
  }
  const text = (value: string) => (anyCase ? value.toLowerCase() : value);
  if (a.exact !== undefined) {
    return b.exact !== undefined && text(a.exact) === text(b.exact);
  }
  if (a.regex !== undefined) {
    return (
      a.regex === b.regex && anyCase === Boolean(later.match.ignoreUriCase)
    );
  }
  const prefix = text(a.prefix ?? '/');
  const wanted = b.exact ?? b.prefix;
  if (wanted === undefined) {
    return false;
  }
  const value = text(wanted);
  if (!earlier.bySegments) {
    return value.startsWith(prefix);
  }
  const equal = value === prefix && (b.exact !== undefined || later.bySegments);
  return equal || value.startsWith(`${prefix}/`);
}

function coversText(
  a: StringMatch | undefined,
  b: StringMatch | undefined,
): boolean {
  if (!a) {
    return true;
  }
  if (!b) {
    return false;
  }
  if (isPresence(a)) {
    return true;
  }
  if (a.exact !== undefined) {
    return a.exact === b.exact;
  }
  if (a.prefix !== undefined) {
    return (b.exact ?? b.prefix ?? '').startsWith(a.prefix) && !isPresence(b);
  }
  return a.regex === '.*' || a.regex === b.regex;
}

function everyNamed(
  record: Readonly<Record<string, StringMatch>> | undefined,
  other: (name: string) => StringMatch | undefined,
  holds: (a: StringMatch, b: StringMatch | undefined) => boolean,
): boolean {
  return Object.entries(record ?? {}).every(([name, value]) =>
    holds(value, other(name)),
  );
}

/** The entry of a header, whatever its case. */
function own(
  record: Readonly<Record<string, StringMatch>> | undefined,
  name: string,
): StringMatch | undefined {
  return Object.entries(record ?? {}).find(
    ([candidate]) => candidate.toLowerCase() === name.toLowerCase(),
  )?.[1];
}

function exactly<T>(
  record: Readonly<Record<string, T>> | undefined,
  name: string,
): T | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}
