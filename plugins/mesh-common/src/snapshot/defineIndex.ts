import { KindId, ObjectOf } from '../kubernetes/kinds';
import { MeshSnapshot } from './MeshSnapshot';

/** The objects that an index is built from: those of its kinds in one namespace. */
export interface IndexInput<K extends KindId> {
  cluster: string;
  namespace: string | undefined;
  objects<Kind extends K>(kindId: Kind): readonly ObjectOf<Kind>[];
}

/**
 * An index over the objects of some kinds in one namespace, built when it is first asked for and kept as
 * long as none of those objects changes, whatever else does. Cluster-scoped kinds have no namespace.
 */
export function defineIndex<K extends KindId, Index>(
  kindIds: readonly K[],
  build: (input: IndexInput<K>) => Index,
): (snapshot: MeshSnapshot, namespace?: string) => Index {
  const root = new WeakMap<object, unknown>();
  return (snapshot, namespace) => {
    let entry: { index: Index } | undefined;
    let level = root;
    kindIds.forEach((kindId, depth) => {
      const bucket = snapshot.bucket(kindId, namespace);
      const last = depth === kindIds.length - 1;
      let next = level.get(bucket);
      if (!next) {
        next = last
          ? {
              index: build({
                cluster: snapshot.cluster,
                namespace,
                objects: kind => [...snapshot.bucket(kind, namespace).values()],
              }),
            }
          : new WeakMap();
        level.set(bucket, next);
      }
      if (last) {
        entry = next as { index: Index };
      } else {
        level = next as WeakMap<object, unknown>;
      }
    });
    if (!entry) {
      throw new TypeError('An index needs at least one kind');
    }
    return entry.index;
  };
}
