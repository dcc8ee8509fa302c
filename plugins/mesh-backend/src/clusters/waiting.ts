import { setTimeout as delay } from 'node:timers/promises';

/** A source of numbers from 0 (inclusive) to 1, as Math.random is. */
export type Random = () => number;

/** A time spread by a fifth around its mean, so that many who wait do not all come back at once. */
export function jittered(ms: number, random: Random): number {
  return ms * (0.8 + 0.4 * random());
}

/** How long to wait between attempts: twice as long after each failure, spread over the upper half. */
export class Backoff {
  readonly #initialMs: number;
  readonly #maxMs: number;
  readonly #random: Random;
  #nextMs: number;

  static create(options: {
    initialMs: number;
    maxMs: number;
    random: Random;
  }): Backoff {
    return new Backoff(options.initialMs, options.maxMs, options.random);
  }

  private constructor(initialMs: number, maxMs: number, random: Random) {
    this.#initialMs = initialMs;
    this.#maxMs = maxMs;
    this.#random = random;
    this.#nextMs = initialMs;
  }

  next(): number {
    const ms = this.#nextMs;
    this.#nextMs = Math.min(ms * 2, this.#maxMs);
    return ms * (0.5 + 0.5 * this.#random());
  }

  reset(): void {
    this.#nextMs = this.#initialMs;
  }
}

/** A wait that can be cut short. */
export class Pause {
  #current: AbortController | undefined;

  /** Resolves after this time, when woken, or when the signal aborts. */
  async for(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    const current = new AbortController();
    const end = () => current.abort();
    this.#current = current;
    signal.addEventListener('abort', end);
    try {
      await delay(ms, undefined, { signal: current.signal });
    } catch (error) {
      if (!current.signal.aborted) {
        throw error;
      }
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  wake(): void {
    this.#current?.abort();
  }
}
