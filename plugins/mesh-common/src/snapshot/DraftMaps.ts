import { noteChanges } from './changesBetween';
import { succeeds } from './lineage';

interface Copy {
  of: ReadonlyMap<string, unknown>;
  touched: Set<string>;
  /** Whether a key was taken away and put back, and so stands elsewhere than before. */
  reordered: boolean;
}

/**
 * The copies that a draft makes of maps that are never changed in place, each made when its map is first touched. What was
 * touched is known, so that nobody has to compare the two to find it.
 */
export class DraftMaps {
  readonly #copies = new Map<unknown, Copy>();

  /** The map with a value, in the copy. */
  set<K extends string, V>(
    map: ReadonlyMap<K, V>,
    key: K,
    value: V,
  ): ReadonlyMap<K, V> {
    const { copy, about } = this.#owned(map);
    about.reordered ||= about.touched.has(key) && !copy.has(key);
    about.touched.add(key);
    return copy.set(key, value);
  }

  /** The map without a value, in the copy. */
  delete<K extends string, V>(
    map: ReadonlyMap<K, V>,
    key: K,
  ): ReadonlyMap<K, V> {
    const { copy, about } = this.#owned(map);
    about.touched.add(key);
    copy.delete(key);
    return copy;
  }

  /** Tells what became of each map. To be called once, when nothing is touched any more. */
  note(): void {
    for (const [copy, { of, touched, reordered }] of this.#copies) {
      if (of.size > 0 && !reordered && copy instanceof Map) {
        noteChanges(of, copy, touched);
      }
    }
  }

  #owned<K extends string, V>(
    map: ReadonlyMap<K, V>,
  ): { copy: Map<K, V>; about: Copy } {
    const known = this.#copies.get(map);
    if (known && map instanceof Map) {
      return { copy: map, about: known };
    }
    const copy = new Map(map);
    const about: Copy = { of: map, touched: new Set(), reordered: false };
    this.#copies.set(copy, about);
    if (map.size > 0) {
      succeeds(copy, map);
    }
    return { copy, about };
  }
}
