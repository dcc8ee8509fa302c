import { KindId, ObjectOf } from '../kubernetes/kinds';
import { Changes, changesBetween } from './changesBetween';
import { Bucket, MeshSnapshot } from './MeshSnapshot';
import { patched } from './patched';

/** Where more than this part of the objects changed, the index is built anew. */
const FEW = 1 / 4;

/**
 * An index over the objects of one kind in one namespace, as `defineIndex` has it, that is made of the one before where
 * few of the objects changed: a change then costs what it touches and not the namespace.
 */
export function definePatchedIndex<K extends KindId, Index>(
  kindId: K,
  build: (objects: Bucket<K>) => Index,
  /** Another index, which is the same as if it had been built of all objects. */
  patch: (
    index: Index,
    changes: Changes<ObjectOf<K>>,
    objects: Bucket<K>,
  ) => Index,
): (snapshot: MeshSnapshot, namespace?: string) => Index {
  const indexOf = patched<Bucket<K>, Index>(build, (before, after) => {
    const changes = changesBetween(before.version, after);
    return changes && changes.keys.length <= after.size * FEW
      ? { result: patch(before.result, changes, after) }
      : undefined;
  });
  return (snapshot, namespace) => indexOf(snapshot.bucket(kindId, namespace));
}
