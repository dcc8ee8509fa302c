import { addTo } from './addTo';
import { Changes } from './changesBetween';

/** Lists of values by what they have in common; a list never changes in place. */
export type Groups<V> = ReadonlyMap<string, readonly V[]>;

/** The group that a value belongs to; undefined: none. */
export type GroupOf<V> = (value: V) => string | undefined;

/** Each group has its values in their order. */
export function groupBy<V>(
  values: Iterable<V>,
  groupOf: GroupOf<V>,
): Groups<V> {
  const groups = new Map<string, V[]>();
  for (const value of values) {
    const group = groupOf(value);
    if (group !== undefined) {
      addTo(groups, group, value);
    }
  }
  return groups;
}

/**
 * The groups after some changes, of which those that nothing touches are the same lists as before. Undefined where a value
 * went to another group than the one in whose place it is: it would not come last there.
 */
export function patchGroups<V>(
  groups: Groups<V>,
  { removed, replaced, added }: Changes<V>,
  groupOf: GroupOf<V>,
): Groups<V> | undefined {
  if (replaced.some(([old, current]) => groupOf(old) !== groupOf(current))) {
    return undefined;
  }
  const copy = new Map(groups);
  const touch = (value: V, change: (group: readonly V[]) => readonly V[]) => {
    const group = groupOf(value);
    if (group !== undefined) {
      const values = change(copy.get(group) ?? []);
      if (values.length > 0) {
        copy.set(group, values);
      } else {
        copy.delete(group);
      }
    }
  };
  for (const value of removed) {
    touch(value, group => group.filter(other => other !== value));
  }
  for (const [old, current] of replaced) {
    touch(old, group => group.map(other => (other === old ? current : other)));
  }
  for (const value of added) {
    touch(value, group => [...group, value]);
  }
  return copy;
}
