/** What became of the values of a map. */
export interface Changes<V> {
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
export function changesBetween<K, V>(
  before: ReadonlyMap<K, V>,
  after: ReadonlyMap<K, V>,
): Changes<V> | undefined {
  const known = lastFound.get(after);
  if (known?.before.deref() === before) {
    // What was found of these two maps has their values.
    return known.changes as Changes<V> | undefined;
  }
  const changes = compare(before, after);
  lastFound.set(after, { before: new WeakRef(before), changes });
  return changes;
}

function compare<K, V>(
  before: ReadonlyMap<K, V>,
  after: ReadonlyMap<K, V>,
): Changes<V> | undefined {
  const removed: V[] = [];
  const replaced: [V, V][] = [];
  const rest = after.entries();
  let next = rest.next();
  for (const [key, value] of before) {
    if (!next.done && next.value[0] === key) {
      if (next.value[1] !== value) {
        replaced.push([value, next.value[1]]);
      }
      next = rest.next();
    } else if (after.has(key)) {
      return undefined;
    } else {
      removed.push(value);
    }
  }
  const added: V[] = [];
  for (; !next.done; next = rest.next()) {
    added.push(next.value[1]);
  }
  return { removed, replaced, added };
}

/** How many values changed. */
export function countChanges({
  removed,
  replaced,
  added,
}: Changes<unknown>): number {
  return removed.length + replaced.length + added.length;
}
