/** An answer, and the tag by which the backend says that it did not change. */
export interface CachedAnswer<T> {
  etag: string;
  value: T;
}

/** The last answers of a route by their URL; the one that was not used for longest is dropped first. */
export class AnswerCache<T> {
  static create<T>(options: { size: number }): AnswerCache<T> {
    return new AnswerCache<T>(options.size);
  }

  readonly #size: number;
  readonly #answers = new Map<string, CachedAnswer<T>>();

  private constructor(size: number) {
    this.#size = size;
  }

  get(url: string): CachedAnswer<T> | undefined {
    const answer = this.#answers.get(url);
    if (answer) {
      this.#answers.delete(url);
      this.#answers.set(url, answer);
    }
    return answer;
  }

  set(url: string, answer: CachedAnswer<T>): void {
    this.#answers.delete(url);
    this.#answers.set(url, answer);
    for (const oldest of this.#answers.keys()) {
      if (this.#answers.size <= this.#size) {
        break;
      }
      this.#answers.delete(oldest);
    }
  }

  delete(url: string): void {
    this.#answers.delete(url);
  }
}
