import { z } from 'zod';

/** What came of one case. */
export type CaseResult =
  | { id: string; outcome: 'passed' }
  | { id: string; outcome: 'failed'; expected: unknown; actual: unknown }
  /** The product does not model what the case is about. */
  | { id: string; outcome: 'skipped'; reason: string };

/** Cases of one kind: a file, and how the library is asked about a case of it. */
export interface Corpus {
  /** Its file is `NAME.json`, or each of its cases is `NAME/ID/case.json`. */
  name: string;
  /** The answers to the cases. `readInput` reads another file that they name; of a folder of cases, `ID/FILE`. */
  run(cases: unknown, readInput: (path: string) => string): CaseResult[];
}

/** What the library answers about a case, beside what is expected; or why it is not asked. */
export type Comparison =
  | { expected: unknown; actual: unknown }
  | { skipped: string };

/**
 * A corpus whose cases have this shape. A case passes when what is expected and what the library answers are
 * equal, whatever the order of the keys of objects; keys without a value count as absent.
 */
export function corpus<Case extends { id: string }>(options: {
  name: string;
  schema: z.ZodType<Case>;
  compare(entry: Case, readInput: (path: string) => string): Comparison;
}): Corpus {
  const { name, schema, compare } = options;
  return {
    name,
    run: (cases, readInput) =>
      z
        .array(schema)
        .parse(cases)
        .map(entry => resultOf(entry.id, () => compare(entry, readInput))),
  };
}

/** A case that cannot be asked about fails, and says why; the others are still asked. */
function resultOf(id: string, compare: () => Comparison): CaseResult {
  let comparison: Comparison;
  try {
    comparison = compare();
  } catch (error) {
    return {
      id,
      outcome: 'failed',
      expected: 'an answer',
      actual: String(error),
    };
  }
  if ('skipped' in comparison) {
    return { id, outcome: 'skipped', reason: comparison.skipped };
  }
  const expected = canonical(comparison.expected);
  const actual = canonical(comparison.actual);
  return JSON.stringify(expected) === JSON.stringify(actual)
    ? { id, outcome: 'passed' }
    : { id, outcome: 'failed', expected, actual };
}

/** The value with the keys of its objects in order. */
function canonical(value: unknown): unknown {
  if (isShownOtherwise(value)) {
    return canonical(value.toJSON());
  }
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, entry]) => [key, canonical(entry)]),
    );
  }
  return value;
}

/** An answer that is written in another way than it is kept. */
function isShownOtherwise(value: unknown): value is { toJSON(): unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toJSON' in value &&
    typeof value.toJSON === 'function'
  );
}
