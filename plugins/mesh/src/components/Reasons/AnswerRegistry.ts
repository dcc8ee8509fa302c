import { Cause, Reason } from 'backstage-plugin-mesh-common';

/** An answer on the page with its reasons: what a drawer opens on. */
export interface ExplainedAnswer {
  /** What was asked and of what: `Accepts · port 8080 of reviews-v2 (east)`. */
  title: string;
  /** The answer as the page says it. */
  word?: string;
  reasons: readonly Reason[];
  cause?: Cause;
  predicted?: boolean;
  mayDiffer?: readonly Reason[];
}

/** The answers that are on the page now, by the names that stand for them in the URL. */
export class AnswerRegistry {
  static create(): AnswerRegistry {
    return new AnswerRegistry();
  }

  readonly #answers = new Map<string, ExplainedAnswer>();
  readonly #listeners = new Set<() => void>();

  private constructor() {}

  get(id: string): ExplainedAnswer | undefined {
    return this.#answers.get(id);
  }

  /** Adds an answer, until the returned function is called. */
  register(id: string, answer: ExplainedAnswer): () => void {
    this.#answers.set(id, answer);
    this.#tell();
    return () => {
      if (this.#answers.get(id) === answer) {
        this.#answers.delete(id);
        this.#tell();
      }
    };
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
  }
}
