import { byImportance, Result } from './results';

/** Results in the order of their importance, whose list stays the same as long as none comes or goes. */
export class SortedResults {
  #sorted: readonly Result[] = [];
  readonly #added = new Set<Result>();
  readonly #removed = new Set<Result>();

  add(results: Iterable<Result>): void {
    for (const result of results) {
      this.#added.add(result);
    }
  }

  remove(results: Iterable<Result>): void {
    for (const result of results) {
      if (!this.#added.delete(result)) {
        this.#removed.add(result);
      }
    }
  }

  /** All that are there now. */
  get list(): readonly Result[] {
    if (this.#added.size > 0 || this.#removed.size > 0) {
      const kept =
        this.#removed.size > 0
          ? this.#sorted.filter(result => !this.#removed.has(result))
          : this.#sorted;
      this.#sorted = merge(kept, [...this.#added].sort(byImportance));
      this.#added.clear();
      this.#removed.clear();
    }
    return this.#sorted;
  }
}

/** Puts two sorted lists together. */
function merge(a: readonly Result[], b: readonly Result[]): readonly Result[] {
  if (a.length === 0 || b.length === 0) {
    return a.length === 0 ? b : a;
  }
  const merged: Result[] = [];
  let next = 0;
  for (const result of b) {
    const end = upperBound(a, result, next);
    for (; next < end; next++) {
      merged.push(a[next]);
    }
    merged.push(result);
  }
  for (; next < a.length; next++) {
    merged.push(a[next]);
  }
  return merged;
}

/** The first place from `start` on whose result comes after this one. */
function upperBound(
  sorted: readonly Result[],
  result: Result,
  start: number,
): number {
  let [low, high] = [start, sorted.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (byImportance(sorted[middle], result) <= 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
