import { sameItems } from './defineQuestion';
import { Groups } from './groups';

/**
 * For groups that are made anew after each change: gives those that it gave before where they are the same, and otherwise at
 * least each list that is, so that what was made of them holds. A list is known by its first item.
 */
export function keepLists<V extends object>(): (
  groups: Groups<V>,
) => Groups<V> {
  const lists = new WeakMap<V, readonly V[]>();
  const maps = new WeakMap<readonly V[], Groups<V>>();
  return groups => {
    const now = new Map<string, readonly V[]>();
    for (const [key, list] of groups) {
      now.set(key, keptList(lists, list));
    }
    const [first] = now.values();
    const known = first && maps.get(first);
    if (known && sameGroups(known, now)) {
      return known;
    }
    if (first) {
      maps.set(first, now);
    }
    return now;
  };
}

function keptList<V extends object>(
  lists: WeakMap<V, readonly V[]>,
  list: readonly V[],
): readonly V[] {
  const [first] = list;
  const known = first && lists.get(first);
  if (known && sameItems(known, list)) {
    return known;
  }
  if (first) {
    lists.set(first, list);
  }
  return list;
}

function sameGroups<V>(a: Groups<V>, b: Groups<V>): boolean {
  return (
    sameItems([...a.keys()], [...b.keys()]) &&
    sameItems([...a.values()], [...b.values()])
  );
}
