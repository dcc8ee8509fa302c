import type { StoreEvent } from './types';

type Listener = (event: StoreEvent) => void;

/**
 * Tells each listener of each event, in order and at once. An event that a listener causes waits until all have heard
 * of the present one, so that no listener sees the second before the first. What a listener throws reaches the writer,
 * after the others have been told.
 */
export class EventQueue {
  readonly #listeners = new Set<Listener>();
  readonly #waiting: StoreEvent[] = [];
  #held = false;

  subscribe(listener: Listener): () => void {
    const own: Listener = event => listener(event);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  push(event: StoreEvent): void {
    this.#waiting.push(event);
    if (!this.#held) {
      this.#deliver();
    }
  }

  /** Lets several changes be made before anybody hears of the first. */
  together<T>(changes: () => T): T {
    if (this.#held) {
      return changes();
    }
    this.#held = true;
    let result: T;
    try {
      result = changes();
    } finally {
      this.#held = false;
    }
    this.#deliver();
    return result;
  }

  #deliver(): void {
    const failures: unknown[] = [];
    this.#held = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      for (const listener of [...this.#listeners]) {
        try {
          listener(next);
        } catch (error) {
          failures.push(error);
        }
      }
    }
    this.#held = false;
    if (failures.length === 1) {
      throw failures[0];
    }
    if (failures.length > 1) {
      throw new AggregateError(
        failures,
        'Several listeners of the store failed',
      );
    }
  }
}
