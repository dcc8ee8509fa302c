import { Dependency, DependencyCollector } from './dependencies';
import { MeshSnapshot } from './MeshSnapshot';

interface Entry<T> {
  value: T;
  dependencies: readonly Dependency[];
  /** The last one that it was found to hold for; not kept alive, since it holds all objects of its time. */
  snapshot: WeakRef<MeshSnapshot>;
}

/**
 * Results computed from snapshots of one cluster. A result is computed again exactly when a part of the
 * snapshot changed that its last computation had read, so that what a change costs is what it touches.
 * A computation must read the cluster only through the snapshot that it is given.
 *
 * @public
 */
export class TrackedCache<T> {
  readonly #entries = new Map<string, Entry<T>>();

  /** The result for this key, from the cache where nothing that it depends on has changed. */
  get(
    snapshot: MeshSnapshot,
    key: string,
    compute: (snapshot: MeshSnapshot) => T,
  ): T {
    const known = this.#entries.get(key);
    if (known && isCurrent(known, snapshot)) {
      known.snapshot = new WeakRef(snapshot);
      return known.value;
    }
    const collector = new DependencyCollector();
    const value = compute(snapshot.observed(collector));
    this.#entries.set(key, {
      value,
      dependencies: collector.dependencies,
      snapshot: new WeakRef(snapshot),
    });
    return value;
  }

  /** Forgets results whose key is not among these. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#entries.keys()) {
      if (!keys.has(key)) {
        this.#entries.delete(key);
      }
    }
  }
}

function isCurrent(entry: Entry<unknown>, snapshot: MeshSnapshot): boolean {
  return (
    entry.snapshot.deref() === snapshot ||
    entry.dependencies.every(dependency => dependency.isSame(snapshot))
  );
}
