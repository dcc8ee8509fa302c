import {
  windowOf,
  type Labels,
  type Sample,
  type Series,
  type Window,
} from '../../prometheus/promql/series';
import type { Life } from './life';

/**
 * The lives of one label set, sampled by a scraper: at whole multiples of its interval, and with a staleness marker at
 * the first scrape after the end of a life.
 */
export class SampledSeries implements Series {
  readonly labels: Labels;
  readonly lives: Life[] = [];
  readonly #interval: number;
  readonly #now: () => number;

  constructor(labels: Labels, interval: number, now: () => number) {
    this.labels = labels;
    this.#interval = interval;
    this.#now = now;
  }

  at(time: number, lookback: number): Sample | undefined {
    const last = this.#scrapeBefore(Math.min(time, this.#now()));
    if (last <= time - lookback) {
      return undefined;
    }
    const life = this.lives.find(
      ({ from, to }) => from <= last && (to === undefined || last < to),
    );
    return life && { time: last, value: life.valueAt(last) };
  }

  window(from: number, to: number): Window | undefined {
    const parts = this.#parts(from, to);
    if (parts.length === 1 && parts[0].life.isCounter) {
      return this.#counterWindow(parts[0]);
    }
    return parts.length === 0 ? undefined : windowOf(this.samples(from, to));
  }

  samples(from: number, to: number): Sample[] {
    return this.#parts(from, to).flatMap(({ life, first, last }) => {
      const samples: Sample[] = [];
      for (let time = first; time <= last; time += this.#interval) {
        samples.push({ time, value: life.valueAt(time) });
      }
      return samples;
    });
  }

  /** One life of a counter has no resets, so the ends of the window are enough. */
  #counterWindow({
    life,
    first,
    last,
  }: {
    life: Life;
    first: number;
    last: number;
  }): Window {
    const sample = (time: number) => ({ time, value: life.valueAt(time) });
    const previous = last - this.#interval;
    return {
      count: (last - first) / this.#interval + 1,
      first: sample(first),
      last: sample(last),
      /** Only `irate` asks for it. */
      get previous() {
        return previous >= first ? sample(previous) : undefined;
      },
      resets: 0,
    };
  }

  /** The first and last scrape of each life in (from, to]. */
  #parts(from: number, to: number) {
    return this.lives.flatMap(life => {
      const first = Math.max(
        this.#scrapeBefore(from) + this.#interval,
        this.#scrapeFrom(life.from),
      );
      const end =
        life.to === undefined
          ? this.#scrapeBefore(this.#now())
          : this.#scrapeFrom(life.to) - this.#interval;
      const last = Math.min(this.#scrapeBefore(to), end);
      return first <= last ? [{ life, first, last }] : [];
    });
  }

  /** The last scrape at or before a moment. */
  #scrapeBefore(time: number): number {
    return Math.floor(time / this.#interval) * this.#interval;
  }

  /** The first scrape at or after a moment. */
  #scrapeFrom(time: number): number {
    return Math.ceil(time / this.#interval) * this.#interval;
  }
}
