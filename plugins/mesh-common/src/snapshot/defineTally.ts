import { KindId, ObjectOf } from '../kubernetes/kinds';
import { changedKeys, changesBetween, noteChanges } from './changesBetween';
import { defineQuestion } from './defineQuestion';
import { Bucket, MeshSnapshot } from './MeshSnapshot';
import { patched } from './patched';

/** How many there are of each; of what there is none, there is no entry. */
export type Tally = ReadonlyMap<string, number>;

const NOTHING: Tally = new Map();

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
  const ofBucket = tallyOf<ObjectOf<K>>((count, before, after) => {
    const old = before && keyOf(before);
    const current = after && keyOf(after);
    if (old !== undefined) {
      count(old, -1);
    }
    if (current !== undefined) {
      count(current, 1);
    }
  });
  const ofBuckets = tallyOf<Bucket<K>>((count, before, after) => {
    const old = before ? ofBucket(before) : NOTHING;
    const current = after ? ofBucket(after) : NOTHING;
    for (const key of changedKeys(old, current)) {
      count(key, (current.get(key) ?? 0) - (old.get(key) ?? 0));
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

/** Counts what there is of a value more than of the one in whose place it is; either may be absent. */
type CountDifference<V> = (
  count: (key: string, more: number) => void,
  before: V | undefined,
  after: V | undefined,
) => void;

/** The tally of the values of a map; the same one as long as it counts the same. */
function tallyOf<V>(
  countDifference: CountDifference<V>,
): (values: ReadonlyMap<string, V>) => Tally {
  return patched<ReadonlyMap<string, V>, Tally>(
    values => {
      const tally = new Map<string, number>();
      values.forEach(value =>
        countDifference((key, more) => add(tally, key, more), undefined, value),
      );
      return tally;
    },
    (before, values) => {
      const changes = changesBetween(before.version, values);
      if (!changes) {
        return undefined;
      }
      const differences = new Map<string, number>();
      const count = (key: string, more: number) => add(differences, key, more);
      changes.removed.forEach(old => countDifference(count, old, undefined));
      changes.added.forEach(value => countDifference(count, undefined, value));
      changes.replaced.forEach(([old, value]) =>
        countDifference(count, old, value),
      );
      if (differences.size === 0) {
        return { result: before.result };
      }
      const tally = new Map(before.result);
      differences.forEach((more, key) => add(tally, key, more));
      noteChanges(before.result, tally, differences.keys());
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
