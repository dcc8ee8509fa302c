import { sameItems } from './defineQuestion';
import { Groups } from './groups';

/**
 * For groups that are made anew after each change from a source that is the same for longer: gives the groups that it gave of
 * the source before where they are the same, and otherwise at least each list that is, so that what was made of them holds. A
 * list is known by its first item.
 */
export function keepLists<V extends object>(): (
  source: object,
  groups: Groups<V>,
) => Groups<V> {
  const lists = new WeakMap<V, readonly V[]>();
  const bySource = new WeakMap<object, Groups<V>>();
  const kept = (list: readonly V[]): readonly V[] => {
    const [first] = list;
    const known = first && lists.get(first);
    if (known && sameItems(known, list)) {
      return known;
    }
    if (first) {
      lists.set(first, list);
    }
    return list;
  };
  return (source, groups) => {
    const now = new Map([...groups].map(([key, list]) => [key, kept(list)]));
    const known = bySource.get(source);
    if (known && sameGroups(known, now)) {
      return known;
    }
    bySource.set(source, now);
    return now;
  };
}

function sameGroups<V>(a: Groups<V>, b: Groups<V>): boolean {
  return (
    sameItems([...a.keys()], [...b.keys()]) &&
    sameItems([...a.values()], [...b.values()])
  );
}
