import { KindId, ObjectOf } from '../kubernetes/kinds';
import { Bucket, MeshSnapshot } from './MeshSnapshot';

/**
 * An index over the objects of one kind in all namespaces, kept as long as none of them changes. What a namespace
 * adds is prepared once, so that a change costs the namespace that it is in, and putting the parts together. A
 * reader depends on one part of the snapshot, however many namespaces there are.
 */
export function defineClusterIndex<K extends KindId, Part, Index>(
  kindId: K,
  prepare: (objects: readonly ObjectOf<K>[]) => Part,
  build: (parts: readonly Part[]) => Index,
): (snapshot: MeshSnapshot) => Index {
  const parts = new WeakMap<object, { part: Part }>();
  const indexes = new WeakMap<object, { index: Index }>();
  const partOf = (bucket: Bucket<K>): Part => {
    const known = parts.get(bucket) ?? { part: prepare([...bucket.values()]) };
    parts.set(bucket, known);
    return known.part;
  };
  return snapshot => {
    const buckets = snapshot.buckets(kindId);
    const known = indexes.get(buckets) ?? {
      index: build([...buckets.values()].map(partOf)),
    };
    indexes.set(buckets, known);
    return known.index;
  };
}
