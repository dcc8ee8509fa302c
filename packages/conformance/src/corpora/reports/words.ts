import { ObjectRef, Reason } from 'backstage-plugin-mesh-common';

type Words = Readonly<Record<string, unknown>>;

/** The names that one thing goes by, the usual one first. */
export class Names {
  readonly names: readonly unknown[];

  private constructor(names: readonly unknown[]) {
    this.names = names;
  }

  static of(...names: readonly unknown[]): Names {
    return new Names(names);
  }

  /** As the answer is shown. */
  toJSON(): unknown {
    return this.names[0];
  }
}

/** For people. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['because']);

/** Keys that are about what other keys say. */
const ABOUT: Readonly<Record<string, (actual: Words) => unknown>> = {
  notVia: ({ via }) => via,
  not: actual => actual,
};

/**
 * The two sides of a comparison of the keys that are expected. What an answer says in its own way (deciders, findings,
 * a choice of values) counts as expected where it means the same.
 */
export function compared(
  expected: Words,
  actual: Words,
): { expected: Words; actual: Words } {
  const keys = Object.keys(expected).filter(key => !NOT_COMPARED.has(key));
  const found = (key: string) =>
    key in ABOUT ? ABOUT[key](actual) : actual[key];
  return {
    expected: Object.fromEntries(keys.map(key => [key, expected[key]])),
    actual: Object.fromEntries(
      keys.map(key => [
        key,
        means(key, expected[key], found(key)) ? expected[key] : found(key),
      ]),
    ),
  };
}

/** Whether an answer means what is expected; an answer that has several names for one thing gives them all. */
function means(key: string, expected: unknown, actual: unknown): boolean {
  switch (key) {
    case 'decider':
    case 'by':
      return decides(expected, namesIn(actual));
    case 'findings':
      return list(expected).every(wanted =>
        list(actual).some(found => isSame(wanted, found)),
      );
    case 'mustNot':
      return list(expected).every(
        unwanted => !list(actual).some(found => isSame(unwanted, found)),
      );
    case 'ignored':
      return listOf(expected).every(wanted =>
        list(actual).some(found => isMeant(wanted, found)),
      );
    case 'via':
    case 'workloads':
    case 'services':
      return areMeant(listOf(expected), list(actual));
    case 'notVia':
    case 'not':
      return isNone(expected, actual);
    case 'after':
      return isAbout(expected, actual);
    case 'destination':
      return isWithin(expected, actual);
    default:
      return isMeant(expected, actual);
  }
}

/** By each part that is expected; what an answer has beside them is not compared. */
function isWithin(expected: unknown, actual: unknown): boolean {
  return Object.entries(Object(expected)).every(([part, value]) =>
    isMeant(value, Object(actual)[part]),
  );
}

/** A plain value, a list in its order, or an object by its parts. */
function isMeant(expected: unknown, actual: unknown): boolean {
  if (actual instanceof Names) {
    return actual.names.some(name => isMeant(expected, name));
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      expected.length === actual.length &&
      expected.every((value, index) => isMeant(value, actual[index]))
    );
  }
  if (typeof expected === 'object' && expected !== null) {
    return (
      typeof actual === 'object' &&
      actual !== null &&
      isWithin(expected, actual)
    );
  }
  if (typeof expected === 'string') {
    return actual !== undefined && isOneOf(expected, String(actual));
  }
  return expected === actual;
}

/** Each of them, whatever the order. */
function areMeant(
  expected: readonly unknown[],
  actual: readonly unknown[],
): boolean {
  return (
    expected.length === actual.length &&
    expected.every(wanted => actual.some(found => isMeant(wanted, found)))
  );
}

/** What is named must not be in an answer: by its parts, or anywhere in a list. */
function isNone(expected: unknown, actual: unknown): boolean {
  if (
    typeof expected === 'object' &&
    expected !== null &&
    !Array.isArray(expected)
  ) {
    return Object.entries(expected).every(
      ([part, value]) => !means(part, value, Object(actual)[part]),
    );
  }
  const found = Array.isArray(actual)
    ? actual
    : Object.values(Object(actual)).flat();
  return !listOf(expected).some(unwanted =>
    found.some(one => isMeant(unwanted, one)),
  );
}

/** Durations that differ by no more than a tenth. */
function isAbout(expected: unknown, actual: unknown): boolean {
  const [wanted, found] = [secondsOf(expected), secondsOf(actual)];
  return Math.abs(wanted - found) <= wanted / 10;
}

function secondsOf(written: unknown): number {
  const [, amount, unit] = /^([\d.]+)(ms|s|m)$/.exec(String(written)) ?? [];
  const seconds = { ms: 0.001, s: 1, m: 60 }[unit];
  return seconds === undefined ? NaN : Number(amount) * seconds;
}

/** A workload, Service or other object by all its names: with and without its kind, its namespace, its cluster. */
export function namesOf(ref: {
  cluster: string;
  kind?: string;
  namespace?: string;
  name: string;
}): Names {
  const { cluster, kind = '', namespace = '', name } = ref;
  const own = `${namespace}/${name}`;
  const short = kind.split('/').at(-1);
  return Names.of(
    own,
    `${short}/${own}`,
    `${cluster}/${own}`,
    `Gateway/${own}`,
    name,
  );
}

/** An object that decides, in the words of the cases: `Kind/namespace/name`, and where in it. */
export interface Decider {
  object: string;
  cluster: string;
  field?: string;
  rule?: number;
  /** It is there, as a Service or a setting of the mesh is, and no decision about a request. */
  beside?: true;
}

/** The objects that reasons name. */
export function decidersOf(
  reasons: readonly Reason[],
  rule?: number,
): Decider[] {
  return reasons.flatMap(({ object, field }) =>
    object
      ? [
          {
            object: nameOf(object),
            cluster: object.cluster,
            ...(field && { field }),
            ...(rule !== undefined && { rule }),
            ...(!object.kind.includes('/') && { beside: true as const }),
          },
        ]
      : [],
  );
}

/** `Kind/namespace/name`. */
export function nameOf({ kind, namespace, name }: ObjectRef): string {
  return [kind.split('/').at(-1), namespace, name]
    .filter(part => part)
    .join('/');
}

function decides(expected: unknown, actual: readonly Decider[]): boolean {
  if (expected === null) {
    return actual.every(({ beside }) => beside);
  }
  if (typeof expected === 'string') {
    const [, none] = /^(\w+): none/.exec(expected) ?? [];
    return none
      ? !actual.some(
          ({ object, beside }) => !beside && object.startsWith(`${none}/`),
        )
      : actual.some(({ object }) => isOneOf(expected, object));
  }
  const { object, cluster, field, rule } = Object(expected);
  return actual.some(
    one =>
      isOneOf(String(object), one.object) &&
      (cluster === undefined || cluster === one.cluster) &&
      (field === undefined || isField(String(field), one.field)) &&
      (rule === undefined || rule === one.rule),
  );
}

/** A note in brackets after a field is for people. */
function isField(expected: string, actual = ''): boolean {
  const field = expected.replace(/ \(.*\)$/, '');
  return actual === field || actual.startsWith(`${field}.`);
}

/** Whether a finding is one that is meant, by each key that is given. */
function isSame(expected: unknown, actual: unknown): boolean {
  const found = Object(actual);
  return Object.entries(Object(expected)).every(([key, value]) => {
    const values: unknown[] = Array.isArray(found[key])
      ? found[key]
      : [found[key]];
    return values.some(one => isOneOf(String(value), String(one)));
  });
}

/** `a|b`: one of both; `*`: any. */
function isOneOf(expected: string, actual: string): boolean {
  return expected
    .split('|')
    .some(choice =>
      new RegExp(`^${choice.split('*').map(escaped).join('.*')}$`).test(actual),
    );
}

function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function namesIn(value: unknown): readonly Decider[] {
  return list(value).map(one => Object(one));
}
