import { ObjectRef, Reason } from 'backstage-plugin-mesh-common';

type Words = Readonly<Record<string, unknown>>;

/** For people. */
const NOT_COMPARED: ReadonlySet<string> = new Set(['because']);

/**
 * The two sides of a comparison of the keys that are expected. What an answer says in its own way (deciders, findings,
 * a choice of values) counts as expected where it means the same.
 */
export function compared(
  expected: Words,
  actual: Words,
): { expected: Words; actual: Words } {
  const keys = Object.keys(expected).filter(key => !NOT_COMPARED.has(key));
  return {
    expected: Object.fromEntries(keys.map(key => [key, expected[key]])),
    actual: Object.fromEntries(
      keys.map(key => [
        key,
        means(key, expected[key], actual[key]) ? expected[key] : actual[key],
      ]),
    ),
  };
}

function means(key: string, expected: unknown, actual: unknown): boolean {
  switch (key) {
    case 'decider':
      return decides(expected, namesIn(actual));
    case 'findings':
      return list(expected).every(wanted =>
        list(actual).some(found => isSame(wanted, found)),
      );
    case 'mustNot':
      return list(expected).every(
        unwanted => !list(actual).some(found => isSame(unwanted, found)),
      );
    case 'order':
    case 'outlierDetection':
    case 'checklist':
      return JSON.stringify(expected) === JSON.stringify(actual);
    case 'destination':
      return Object.entries(Object(expected)).every(
        ([part, value]) =>
          JSON.stringify(value) === JSON.stringify(Object(actual)[part]),
      );
    default:
      return typeof expected === 'string' && typeof actual === 'string'
        ? isOneOf(expected, actual)
        : false;
  }
}

/** An object that decides, in the words of the cases: `Kind/namespace/name`, and where in it. */
export interface Decider {
  object: string;
  cluster: string;
  field?: string;
  rule?: number;
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
    return actual.length === 0;
  }
  if (typeof expected === 'string') {
    const [, none] = /^(\w+): none/.exec(expected) ?? [];
    return none
      ? !actual.some(({ object }) => object.startsWith(`${none}/`))
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

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function namesIn(value: unknown): readonly Decider[] {
  return list(value).map(one => Object(one));
}
