import { z } from 'zod';
import { fieldPath } from './fieldPath';
import { KubernetesObject } from './objects';

type Path = readonly PropertyKey[];

/** How often what is left may turn out to be wrong in turn. */
const MAX_ROUNDS = 5;

/** What was left out of objects of which only a part can be read. */
const leftOut = new WeakMap<object, readonly Path[]>();

/**
 * What can be read of an object that is wrong within elements of its lists (one route of several): the object without
 * those elements. Where a list would be left empty, the element that the list is in goes as a whole; a list that is in none
 * goes itself. Undefined where the object is wrong elsewhere.
 */
export function readablePart<T>(
  object: object,
  schema: z.ZodType<T>,
): { raw: object; read: T; without: readonly Path[] } | undefined {
  let raw = object;
  let without: readonly Path[] = [];
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const result = schema.safeParse(raw);
    if (result.success) {
      return { raw, read: result.data, without };
    }
    const wrong = wrongElements(
      raw,
      result.error.issues.map(({ path }) => path),
    );
    if (!wrong) {
      return undefined;
    }
    const before = without;
    without = [...before, ...wrong.map(path => originalPath(before, path))];
    raw = removed(object, without);
  }
  return undefined;
}

/** Remembers what was left out of an object that is read in part. */
export function markPart(object: object, without: readonly Path[]): void {
  leftOut.set(object, without);
}

/** Whether an object is what could be read of one that is wrong elsewhere. */
export function isPart(object: KubernetesObject): boolean {
  return leftOut.has(object);
}

/** Where a field of an object that is read in part is written in the whole one. */
export function originalField(object: object, field: string): string {
  const without = leftOut.get(object);
  return without ? fieldPath(originalPath(without, pathOf(field))) : field;
}

/** The innermost elements of lists on these paths, but for lists that they would leave empty. */
function wrongElements(
  object: object,
  paths: readonly Path[],
): readonly Path[] | undefined {
  const elements = paths.map(elementOn);
  if (elements.some(path => path === undefined)) {
    return undefined;
  }
  return withoutEmptyLists(
    object,
    distinct(elements.flatMap(path => (path ? [path] : []))),
  );
}

function elementOn(path: Path): Path | undefined {
  const index = path.findLastIndex(step => typeof step === 'number');
  return index < 0 ? undefined : path.slice(0, index + 1);
}

function withoutEmptyLists(
  object: object,
  elements: readonly Path[],
): readonly Path[] {
  const empty = elements
    .filter(path => typeof path.at(-1) === 'number')
    .map(path => path.slice(0, -1))
    .find(list => {
      const all = valueAt(object, list);
      const gone = elements.filter(path => isAt(path.slice(0, -1), list));
      return Array.isArray(all) && gone.length >= all.length;
    });
  return empty === undefined
    ? elements.filter(
        path => !elements.some(other => other !== path && isIn(path, other)),
      )
    : withoutEmptyLists(
        object,
        distinct([
          ...elements.filter(path => !isIn(path, empty)),
          elementOn(empty) ?? empty,
        ]),
      );
}

function distinct(paths: readonly Path[]): readonly Path[] {
  return [...new Map(paths.map(path => [JSON.stringify(path), path])).values()];
}

function isIn(path: Path, outer: Path): boolean {
  return path.length > outer.length && isAt(path.slice(0, outer.length), outer);
}

/** The same path before anything was left out. */
function originalPath(without: readonly Path[], path: Path): Path {
  return path.reduce<Path>((known, step) => {
    if (typeof step !== 'number') {
      return [...known, step];
    }
    const gone = without
      .filter(
        one => one.length === known.length + 1 && isAt(one.slice(0, -1), known),
      )
      .map(one => Number(one.at(-1)))
      .sort((a, b) => a - b);
    const index = gone.reduce(
      (found, one) => (found >= one ? found + 1 : found),
      step,
    );
    return [...known, index];
  }, []);
}

function isAt(path: Path, place: Path): boolean {
  return (
    path.length === place.length &&
    path.every((step, index) => step === place[index])
  );
}

function removed<T>(value: T, paths: readonly Path[], at: Path = []): T {
  const isGone = (key: PropertyKey) =>
    paths.some(path => isAt(path, [...at, key]));
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      isGone(index) ? [] : [removed(item, paths, [...at, index])],
    ) as T;
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isGone(key))
      .map(([key, member]) => [key, removed(member, paths, [...at, key])]),
  ) as T;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (found, step) =>
      found !== null && typeof found === 'object'
        ? Reflect.get(found, step)
        : undefined,
    value,
  );
}

/** `spec.http[0].match` as `['spec', 'http', 0, 'match']`. */
function pathOf(field: string): Path {
  return field
    .split(/\.|(?=\[\d+\])/)
    .map(step => (/^\[\d+\]$/.test(step) ? Number(step.slice(1, -1)) : step));
}
