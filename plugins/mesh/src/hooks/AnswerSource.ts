import { ResponseError } from '@backstage/errors';

/** When an answer was last confirmed. It moves on without a render of what shows the answer. */
export interface Freshness {
  checkedAt(): Date;
  subscribe(listener: () => void): () => void;
}

/** What is known of an answer. */
export type AnswerState<T> =
  | { status: 'loading' }
  | { status: 'error' | 'forbidden' | 'notFound'; error: Error }
  | {
      status: 'loaded';
      value: T;
      freshness: Freshness;
      /** Why the last attempt to refresh failed: the value is older than it should be. */
      failure?: Error;
    };

/**
 * Holds the last answer to one question, asks again when it is told to, and tells its listeners only when
 * what they show is different.
 */
export class AnswerSource<T> {
  static create<T>(options: {
    read: (signal: AbortSignal) => Promise<T>;
    now?: () => Date;
  }): AnswerSource<T> {
    return new AnswerSource(options.read, options.now ?? (() => new Date()));
  }

  readonly #read: (signal: AbortSignal) => Promise<T>;
  readonly #now: () => Date;
  readonly #listeners = new Set<() => void>();
  readonly #clockListeners = new Set<() => void>();
  #state: AnswerState<T> = { status: 'loading' };
  #checkedAt: Date;
  #running?: AbortController;
  #askedAgain = false;

  private constructor(
    read: (signal: AbortSignal) => Promise<T>,
    now: () => Date,
  ) {
    this.#read = read;
    this.#now = now;
    this.#checkedAt = now();
  }

  get state(): AnswerState<T> {
    return this.#state;
  }

  readonly freshness: Freshness = {
    checkedAt: () => this.#checkedAt,
    subscribe: listener => {
      this.#clockListeners.add(listener);
      return () => this.#clockListeners.delete(listener);
    },
  };

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks. While a question is on its way, one more is asked after it, however often this is called. */
  async refresh(): Promise<void> {
    if (this.#running) {
      this.#askedAgain = true;
      return;
    }
    const controller = new AbortController();
    this.#running = controller;
    try {
      this.#settle(await this.#ask(controller.signal), controller);
    } finally {
      if (this.#running === controller) {
        this.#running = undefined;
      }
    }
    if (this.#askedAgain && !controller.signal.aborted) {
      this.#askedAgain = false;
      await this.refresh();
    }
  }

  /** Gives up the question that is on its way. */
  abort(): void {
    this.#askedAgain = false;
    this.#running?.abort();
    this.#running = undefined;
  }

  async #ask(signal: AbortSignal): Promise<AnswerState<T>> {
    try {
      const value = await this.#read(signal);
      return { status: 'loaded', value, freshness: this.freshness };
    } catch (error) {
      return failureState(
        error instanceof Error ? error : new Error(String(error)),
        this.#state,
      );
    }
  }

  #settle(next: AnswerState<T>, controller: AbortController): void {
    if (controller.signal.aborted) {
      return;
    }
    const confirmed = next.status === 'loaded' && !next.failure;
    if (confirmed) {
      this.#checkedAt = this.#now();
    }
    if (!showsTheSame(this.#state, next)) {
      this.#state = next;
      this.#listeners.forEach(listener => listener());
    }
    if (confirmed) {
      this.#clockListeners.forEach(listener => listener());
    }
  }
}

/** A picture that was there stays, marked as old; but what may not or cannot be seen any more goes. */
function failureState<T>(error: Error, before: AnswerState<T>): AnswerState<T> {
  const code = ResponseError.is(error) ? error.statusCode : undefined;
  if (code === 403) {
    return { status: 'forbidden', error };
  }
  if (code === 404) {
    return { status: 'notFound', error };
  }
  if (before.status === 'loaded') {
    return { ...before, failure: error };
  }
  return { status: 'error', error };
}

function showsTheSame<T>(a: AnswerState<T>, b: AnswerState<T>): boolean {
  return (
    a.status === 'loaded' &&
    b.status === 'loaded' &&
    a.value === b.value &&
    a.failure?.message === b.failure?.message
  );
}
