import { parseDuration } from './promql/duration';
import { BadQuery } from './promql/errors';

/** Parameters of a request, from the query string and a form body. */
export class Parameters {
  readonly #values: URLSearchParams;

  constructor(...sources: URLSearchParams[]) {
    this.#values = new URLSearchParams(
      sources.flatMap(source => [...source.entries()]),
    );
  }

  all(name: string): string[] {
    return this.#values.getAll(name);
  }

  text(name: string): string {
    return this.#values.get(name) ?? '';
  }

  /** Milliseconds; `fallback` where it is not given, an error where that is missing too. */
  time(name: string, fallback?: number): number {
    const text = this.#values.get(name);
    if (text === null && fallback !== undefined) {
      return fallback;
    }
    const seconds = Number(text);
    if (text && Number.isFinite(seconds)) {
      return Math.round(seconds * 1_000);
    }
    const date = /^\d{4}-\d{2}-\d{2}T/.test(text ?? '')
      ? Date.parse(text ?? '')
      : NaN;
    if (Number.isNaN(date)) {
      throw new BadQuery(
        `invalid parameter "${name}": cannot parse "${
          text ?? ''
        }" to a valid timestamp`,
      );
    }
    return date;
  }

  /** Milliseconds of a number of seconds or a duration. */
  duration(name: string): number {
    const text = this.text(name);
    const seconds = Number(text);
    const milliseconds =
      text !== '' && Number.isFinite(seconds)
        ? seconds * 1_000
        : parseDuration(text);
    if (milliseconds === undefined) {
      throw new BadQuery(
        `invalid parameter "${name}": cannot parse "${text}" to a valid duration`,
      );
    }
    return milliseconds;
  }
}
