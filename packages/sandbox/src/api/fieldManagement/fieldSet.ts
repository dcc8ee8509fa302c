import { define, isRecord, type JsonRecord } from '../../store/values';

/**
 * A set of paths into an object, as `fieldsV1` has it. An element of a path is written as there: `f:name` is a member,
 * `k:{"name":"a"}` the item of a list with this key, `v:"a"` an item that is its own key.
 */
export interface FieldSet {
  /** The elements that are themselves in the set. */
  readonly members: ReadonlySet<string>;
  /** What of the set lies below an element. */
  readonly children: ReadonlyMap<string, FieldSet>;
}

export type FieldPath = readonly string[];

export const emptySet: FieldSet = { members: new Set(), children: new Map() };

export function isEmpty(set: FieldSet): boolean {
  return set.members.size === 0 && set.children.size === 0;
}

/** Collects paths. */
export class FieldSetBuilder {
  readonly #members = new Set<string>();
  readonly #children = new Map<string, FieldSetBuilder>();

  insert(path: FieldPath): void {
    const [first, ...rest] = path;
    if (first === undefined) {
      return;
    }
    if (rest.length === 0) {
      this.#members.add(first);
      return;
    }
    let child = this.#children.get(first);
    if (!child) {
      child = new FieldSetBuilder();
      this.#children.set(first, child);
    }
    child.insert(rest);
  }

  build(): FieldSet {
    return {
      members: this.#members,
      children: new Map(
        [...this.#children].map(([element, child]) => [element, child.build()]),
      ),
    };
  }
}

export function setOf(paths: Iterable<FieldPath>): FieldSet {
  const builder = new FieldSetBuilder();
  for (const path of paths) {
    builder.insert(path);
  }
  return builder.build();
}

export function below(set: FieldSet, element: string): FieldSet {
  return set.children.get(element) ?? emptySet;
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, new Set([...a.members, ...b.members]), (left, right) =>
    union(left, right),
  );
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(
    a,
    b,
    new Set([...a.members].filter(element => !b.members.has(element))),
    difference,
  );
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(
    a,
    b,
    new Set([...a.members].filter(element => b.members.has(element))),
    intersection,
  );
}

function combine(
  a: FieldSet,
  b: FieldSet,
  members: ReadonlySet<string>,
  next: (a: FieldSet, b: FieldSet) => FieldSet,
): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const element of new Set([...a.children.keys(), ...b.children.keys()])) {
    const child = next(below(a, element), below(b, element));
    if (!isEmpty(child)) {
      children.set(element, child);
    }
  }
  return { members, children };
}

/** Each path of the set, in the order of the elements. */
export function* pathsOf(
  set: FieldSet,
  prefix: FieldPath = [],
): Generator<FieldPath> {
  const elements = new Set([...set.members, ...set.children.keys()]);
  for (const element of [...elements].sort()) {
    const path = [...prefix, element];
    if (set.members.has(element)) {
      yield path;
    }
    yield* pathsOf(below(set, element), path);
  }
}

/** The set as `fieldsV1` writes it: `.` stands for the element itself where there is more below it. */
export function encodeFields(set: FieldSet): JsonRecord {
  const result: JsonRecord = {};
  const elements = new Set([...set.members, ...set.children.keys()]);
  for (const element of [...elements].sort()) {
    const child = set.children.get(element);
    const own = set.members.has(element);
    define(result, element, {
      ...(child && own && { '.': {} }),
      ...(child && encodeFields(child)),
    });
  }
  return result;
}

export function decodeFields(fields: unknown): FieldSet {
  const members = new Set<string>();
  const children = new Map<string, FieldSet>();
  for (const [element, value] of Object.entries(
    isRecord(fields) ? fields : {},
  )) {
    const rest = isRecord(value) ? Object.keys(value) : [];
    if (element !== '.') {
      if (rest.length === 0 || rest.includes('.')) {
        members.add(element);
      }
      const child = decodeFields(value);
      if (!isEmpty(child)) {
        children.set(element, child);
      }
    }
  }
  return { members, children };
}

/** A path as messages show it: `.spec.ports[port=80,protocol="TCP"].name`. */
export function printPath(path: FieldPath): string {
  return path
    .map(element => {
      const value = element.slice(2);
      if (element.startsWith('k:')) {
        const key: unknown = JSON.parse(value);
        const terms = Object.entries(isRecord(key) ? key : {}).map(
          ([name, member]) => `${name}=${JSON.stringify(member)}`,
        );
        return `[${terms.join(',')}]`;
      }
      return element.startsWith('v:') ? `[=${value}]` : `.${value}`;
    })
    .join('');
}
