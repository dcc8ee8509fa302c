import { KindId, ObjectOf } from '../kubernetes/kinds';
import { definePatchedIndex } from './definePatchedIndex';
import { GroupOf, Groups, groupBy, patchGroups } from './groups';
import { MeshSnapshot } from './MeshSnapshot';

/**
 * The objects of one kind in one namespace by something that each of them says, or does not say. After a change, groups that
 * it does not touch are the same lists as before, so that what was made of them holds.
 */
export function defineGroups<K extends KindId>(
  kindId: K,
  groupOf: GroupOf<ObjectOf<K>>,
): (snapshot: MeshSnapshot, namespace: string) => Groups<ObjectOf<K>> {
  return definePatchedIndex<K, Groups<ObjectOf<K>>>(
    kindId,
    objects => groupBy(objects.values(), groupOf),
    (groups, changes, objects) =>
      patchGroups(groups, changes, groupOf) ??
      groupBy(objects.values(), groupOf),
  );
}
