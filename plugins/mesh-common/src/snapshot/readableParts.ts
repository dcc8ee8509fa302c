import { KindId, KINDS } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import {
  AnyBucket,
  Buckets,
  CLUSTER_SCOPE,
  EMPTY_BUCKET,
  EMPTY_BUCKETS,
  MalformedByKey,
} from './SnapshotDraft';

type Kinds = ReadonlyMap<KindId, Buckets>;

/** Parts by kind, namespace and name. */
type Parts = Map<KindId, Map<string, Map<string, KubernetesObject>>>;

interface Made<T> {
  from: T;
  parts: readonly KubernetesObject[];
  made: T;
}

/** What was made with the first of some parts, so that the same is the same again. */
const madeBuckets = new WeakMap<KubernetesObject, Made<AnyBucket>>();
const madeKinds = new WeakMap<KubernetesObject, Made<Buckets>>();

/**
 * The objects of a snapshot with what can be read of those that are malformed in part, as if that were all of them.
 * Buckets that have not changed, and whose parts have not, are the same as before.
 */
export function withReadableParts(
  kinds: Kinds,
  malformed: MalformedByKey,
): Kinds {
  const parts = partsOf(malformed);
  if (parts.size === 0) {
    return kinds;
  }
  const all = new Map(kinds);
  for (const [kindId, byNamespace] of parts) {
    all.set(kindId, withParts(kinds.get(kindId) ?? EMPTY_BUCKETS, byNamespace));
  }
  return all;
}

function partsOf(malformed: MalformedByKey): Parts {
  const parts: Parts = new Map();
  for (const { kindId, namespace, name, part } of malformed.values()) {
    if (part) {
      const scope = KINDS[kindId].namespaced
        ? namespace ?? 'default'
        : CLUSTER_SCOPE;
      const byNamespace = parts.get(kindId) ?? new Map();
      const byName = byNamespace.get(scope) ?? new Map();
      byName.set(name, part.object);
      byNamespace.set(scope, byName);
      parts.set(kindId, byNamespace);
    }
  }
  return parts;
}

function withParts(
  buckets: Buckets,
  byNamespace: ReadonlyMap<string, ReadonlyMap<string, KubernetesObject>>,
): Buckets {
  const parts = [...byNamespace.values()].flatMap(byName => [
    ...byName.values(),
  ]);
  return remembered(madeKinds, buckets, parts, () => {
    const all = new Map(buckets);
    for (const [scope, byName] of byNamespace) {
      const bucket = buckets.get(scope) ?? EMPTY_BUCKET;
      all.set(
        scope,
        remembered(
          madeBuckets,
          bucket,
          [...byName.values()],
          () => new Map([...bucket, ...byName]),
        ),
      );
    }
    return all;
  });
}

function remembered<T extends object>(
  known: WeakMap<KubernetesObject, Made<T>>,
  from: T,
  parts: readonly KubernetesObject[],
  make: () => T,
): T {
  const [first] = parts;
  const before = known.get(first);
  if (
    before?.from === from &&
    before.parts.length === parts.length &&
    before.parts.every((part, index) => part === parts[index])
  ) {
    return before.made;
  }
  const made = make();
  known.set(first, { from, parts, made });
  return made;
}
