import { isDeepStrictEqual } from 'node:util';
import { MeshSnapshot, TrackedCache } from 'backstage-plugin-mesh-common';

/**
 * Results that are computed again when something that they read has changed, and that stay the same object
 * where the result is equal all the same. It counts the real changes.
 */
export class StableCache<T> {
  readonly #tracked = new TrackedCache<T>();
  readonly #last = new Map<string, T>();
  #changes = 0;

  /** How often a result came, became another one, or went. */
  get changes(): number {
    return this.#changes;
  }

  get(
    snapshot: MeshSnapshot,
    key: string,
    compute: (snapshot: MeshSnapshot) => T,
  ): T {
    return this.#tracked.get(snapshot, key, tracked =>
      this.#kept(key, compute(tracked)),
    );
  }

  /** Forgets results whose key is not among these. */
  retain(keys: ReadonlySet<string>): void {
    this.#tracked.retain(keys);
    for (const key of this.#last.keys()) {
      if (!keys.has(key)) {
        this.#last.delete(key);
        this.#changes += 1;
      }
    }
  }

  #kept(key: string, value: T): T {
    const last = this.#last.get(key);
    if (last !== undefined && isDeepStrictEqual(last, value)) {
      return last;
    }
    this.#last.set(key, value);
    this.#changes += 1;
    return value;
  }
}
