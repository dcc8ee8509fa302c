import { signature } from '../prometheus/promql/vector';
import type { Labels } from '../prometheus/promql/series';
import type { Pod } from '../world/coreKinds';
import { meanOf, shareWithin, type Latency } from './latency';

/** How the value of a series comes about. */
export type Growth =
  /** Whole events: what is exported is rounded down. */
  | { type: 'count'; rate: number }
  /** A sum of measurements. */
  | { type: 'sum'; rate: number }
  | { type: 'gauge'; value: number }
  /** When the current certificate ends, in seconds; certificates follow each other from `since` on. */
  | { type: 'certificate'; since: number };

/** What a series does from now on. */
export interface SeriesRate {
  labels: Labels;
  growth: Growth;
  /** The pod that exports it. */
  pod: Pod;
  /** Series of one call speed up and slow down together. */
  pace: string;
}

/** Collects what the proxies count; equal label sets are one series. */
export class Rates {
  readonly #series = new Map<string, SeriesRate>();
  readonly #scrapeLabels: (pod: Pod) => Labels;

  constructor(scrapeLabels: (pod: Pod) => Labels) {
    this.#scrapeLabels = scrapeLabels;
  }

  entries(): ReadonlyMap<string, SeriesRate> {
    return this.#series;
  }

  count(
    pod: Pod,
    name: string,
    labels: Labels,
    rate: number,
    pace: string,
  ): void {
    this.#add(pod, name, labels, { type: 'count', rate }, pace);
  }

  gauge(pod: Pod, name: string, labels: Labels, value: number): void {
    this.#add(pod, name, labels, { type: 'gauge', value }, '');
  }

  certificate(pod: Pod, name: string, since: number): void {
    this.#add(pod, name, {}, { type: 'certificate', since }, '');
  }

  /** `name_bucket`, `name_sum` and `name_count`; `unit` is that of the bounds, in milliseconds. */
  histogram(
    pod: Pod,
    name: string,
    labels: Labels,
    options: {
      rate: number;
      latency: Latency;
      bounds: readonly number[];
      unit: number;
      pace: string;
    },
  ): void {
    const { rate, latency, bounds, unit, pace } = options;
    for (const bound of [...bounds, Infinity]) {
      this.count(
        pod,
        `${name}_bucket`,
        { ...labels, le: bound === Infinity ? '+Inf' : String(bound) },
        rate * shareWithin(latency, bound * unit),
        pace,
      );
    }
    this.count(pod, `${name}_count`, labels, rate, pace);
    this.#add(
      pod,
      `${name}_sum`,
      labels,
      { type: 'sum', rate: (rate * meanOf(latency)) / unit },
      pace,
    );
  }

  #add(
    pod: Pod,
    name: string,
    labels: Labels,
    growth: Growth,
    pace: string,
  ): void {
    // A label without a value is none: Prometheus drops it when it scrapes.
    const all: Labels = Object.fromEntries(
      Object.entries({
        ...this.#scrapeLabels(pod),
        ...labels,
        __name__: name,
      }).filter(([, value]) => value !== ''),
    );
    const key = signature(all);
    const existing = this.#series.get(key);
    this.#series.set(key, {
      labels: all,
      growth: existing ? plus(existing.growth, growth) : growth,
      pod,
      pace: existing?.pace ?? pace,
    });
  }
}

/** Two contributions to one series. */
function plus(a: Growth, b: Growth): Growth {
  if (a.type === 'gauge' && b.type === 'gauge') {
    return { type: 'gauge', value: a.value + b.value };
  }
  return (a.type === 'count' || a.type === 'sum') && a.type === b.type
    ? { type: a.type, rate: a.rate + b.rate }
    : b;
}
