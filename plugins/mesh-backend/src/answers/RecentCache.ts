import { MeshSnapshot, TrackedCache } from 'backstage-plugin-mesh-common';
import { LRUCache } from 'lru-cache';

/**
 * Results that callers ask for in ways that nobody foresaw: kept as TrackedCache keeps them, but no more of
 * them than the most recent ones, whatever callers ask for.
 */
export class RecentCache<T> {
  readonly #results = new TrackedCache<T>();
  readonly #recent: LRUCache<string, true>;
  readonly #max: number;
  #sinceCut = 0;

  constructor(max: number) {
    this.#max = max;
    this.#recent = new LRUCache({ max });
  }

  get(
    snapshot: MeshSnapshot,
    key: string,
    compute: (snapshot: MeshSnapshot) => T,
  ): T {
    if (!this.#recent.has(key)) {
      this.#sinceCut += 1;
      if (this.#sinceCut > this.#max) {
        this.#results.retain(new Set(this.#recent.keys()));
        this.#sinceCut = 0;
      }
    }
    this.#recent.set(key, true);
    return this.#results.get(snapshot, key, compute);
  }
}
