import { KindId, ObjectOf } from '../kubernetes/kinds';
import { changesBetween } from './changesBetween';
import { Bucket, MeshSnapshot } from './MeshSnapshot';
import { patched } from './patched';

/** How many there are of each; of what there is none, there is no entry. */
export type Tally = ReadonlyMap<string, number>;

/** Counts of the objects of one kind. */
export interface Tallies {
  /** Who asks depends on the objects of the kind in the namespace. */
  inNamespace(snapshot: MeshSnapshot, namespace: string): Tally;
  /** Who asks depends on all objects of the kind. */
  inAll(snapshot: MeshSnapshot): Tally;
}

/**
 * Counts the objects of one kind by something that each of them says, or does not say. After a change only what it touches
 * is counted again.
 */
export function defineTally<K extends KindId>(
  kindId: K,
  keyOf: (object: ObjectOf<K>) => string | undefined,
): Tallies {
  const ofBucket = tallyOf<ObjectOf<K>>((tally, object, by) => {
    const key = keyOf(object);
    if (key !== undefined) {
      add(tally, key, by);
    }
  });
  const ofBuckets = tallyOf<Bucket<K>>((tally, bucket, by) => {
    for (const [key, count] of ofBucket(bucket)) {
      add(tally, key, by * count);
    }
  });
  return {
    inNamespace: (snapshot, namespace) =>
      ofBucket(snapshot.bucket(kindId, namespace)),
    inAll: snapshot => ofBuckets(snapshot.buckets(kindId)),
  };
}

/** The tally of the values of a map, each of which is counted once, or taken back. */
function tallyOf<V>(
  count: (tally: Map<string, number>, value: V, by: 1 | -1) => void,
): (values: ReadonlyMap<string, V>) => Tally {
  return patched<ReadonlyMap<string, V>, Tally>(
    values => {
      const tally = new Map<string, number>();
      values.forEach(value => count(tally, value, 1));
      return tally;
    },
    (before, values) => {
      const changes = changesBetween(before.version, values);
      if (!changes) {
        return undefined;
      }
      const tally = new Map(before.result);
      changes.removed.forEach(value => count(tally, value, -1));
      changes.added.forEach(value => count(tally, value, 1));
      for (const [old, current] of changes.replaced) {
        count(tally, old, -1);
        count(tally, current, 1);
      }
      return { result: tally };
    },
  );
}

function add(tally: Map<string, number>, key: string, count: number): void {
  const sum = (tally.get(key) ?? 0) + count;
  if (sum === 0) {
    tally.delete(key);
  } else {
    tally.set(key, sum);
  }
}
