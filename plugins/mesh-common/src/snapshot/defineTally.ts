import { KindId, ObjectOf } from '../kubernetes/kinds';
import { changesBetween } from './changesBetween';
import { defineQuestion } from './defineQuestion';
import { Bucket, MeshSnapshot } from './MeshSnapshot';
import { patched } from './patched';

/** How many there are of each; of what there is none, there is no entry. */
export type Tally = ReadonlyMap<string, number>;

/** Counts of the objects of one kind. */
export interface Tallies {
  /** Of the objects of a namespace. Who asks depends on the tally. */
  inNamespace(snapshot: MeshSnapshot, namespace: string): Tally;
  /** Of all objects of the kind. Who asks depends on the tally. */
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
  const askOfNamespace = defineQuestion<Tally>(
    (snapshot, namespace) => ofBucket(snapshot.bucket(kindId, namespace)),
    Object.is,
  );
  const askOfAll = defineQuestion<Tally>(
    snapshot => ofBuckets(snapshot.buckets(kindId)),
    Object.is,
  );
  return {
    inNamespace: askOfNamespace,
    inAll: snapshot => askOfAll(snapshot, ''),
  };
}

/** The tally of the values of a map, each of which is counted once, or taken back; the same one as long as it counts the same. */
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
      const differences = new Map<string, number>();
      changes.removed.forEach(value => count(differences, value, -1));
      changes.added.forEach(value => count(differences, value, 1));
      for (const [old, current] of changes.replaced) {
        count(differences, old, -1);
        count(differences, current, 1);
      }
      if (differences.size === 0) {
        return { result: before.result };
      }
      const tally = new Map(before.result);
      differences.forEach((by, key) => add(tally, key, by));
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
