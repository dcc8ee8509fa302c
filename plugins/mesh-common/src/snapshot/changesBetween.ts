/** What became of the values of a map. */
export interface Changes<V> {
  /** All keys that the below is about. */
  keys: readonly string[];
  removed: readonly V[];
  /** What was there, and what is there in its place. */
  replaced: readonly (readonly [V, V])[];
  /** They come after all others. */
  added: readonly V[];
}

interface Found {
  /** Not kept alive: it would keep the one before it as well, and so all that ever were. */
  before: WeakRef<object>;
  changes: Changes<unknown> | undefined;
}

/** What was found last, by the version after. */
const lastFound = new WeakMap<object, Found>();

/**
 * What differs between two versions of a map; undefined where what both of them have is in another order. Several indexes
 * ask this of the same two: it is found once.
 */
export function changesBetween<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
): Changes<V> | undefined {
  const known = lastFound.get(after);
  if (known?.before.deref() === before) {
    // What was found of these two maps has their values.
    return known.changes as Changes<V> | undefined;
  }
  const changes = compare(before, after);
  remember(before, after, changes);
  return changes;
}

/** The keys whose values differ between two versions of a map; where that is not known, all keys of both. */
export function changedKeys(
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): Iterable<string> {
  return before === after
    ? []
    : changesBetween(before, after)?.keys ??
        new Set([...before.keys(), ...after.keys()]);
}

/**
 * Keeps what somebody has to say who made one version of the other: nothing but these keys, of which none was taken away
 * and put back, is another than it was.
 */
export function noteChanges<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
  touched: Iterable<string>,
): void {
  const changes = noChanges<V>();
  for (const key of touched) {
    const old = before.get(key);
    const current = after.get(key);
    if (old !== current) {
      note(changes, key, old, current);
    }
  }
  remember(before, after, changes);
}

function remember(
  before: object,
  after: object,
  changes: Changes<unknown> | undefined,
): void {
  lastFound.set(after, { before: new WeakRef(before), changes });
}

interface Collected<V> {
  keys: string[];
  removed: V[];
  replaced: [V, V][];
  added: V[];
}

function noChanges<V>(): Collected<V> {
  return { keys: [], removed: [], replaced: [], added: [] };
}

function note<V>(
  { keys, removed, replaced, added }: Collected<V>,
  key: string,
  old: V | undefined,
  current: V | undefined,
): void {
  keys.push(key);
  if (current === undefined) {
    if (old !== undefined) {
      removed.push(old);
    }
  } else if (old === undefined) {
    added.push(current);
  } else {
    replaced.push([old, current]);
  }
}

function compare<V>(
  before: ReadonlyMap<string, V>,
  after: ReadonlyMap<string, V>,
): Changes<V> | undefined {
  const changes = noChanges<V>();
  const rest = after.entries();
  let next = rest.next();
  for (const [key, value] of before) {
    if (!next.done && next.value[0] === key) {
      if (next.value[1] !== value) {
        note(changes, key, value, next.value[1]);
      }
      next = rest.next();
    } else if (after.has(key)) {
      return undefined;
    } else {
      note(changes, key, value, undefined);
    }
  }
  for (; !next.done; next = rest.next()) {
    note(changes, next.value[0], undefined, next.value[1]);
  }
  return changes;
}
