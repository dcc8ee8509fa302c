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
  /** The seconds that are left until a moment, in milliseconds since the epoch. */
  | { type: 'countdown'; until: number }
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
  readonly #bases = new WeakMap<Labels, Base>();
  readonly #scraped = new Map<string, Labels>();
  readonly #scrapeLabels: (pod: Pod) => Labels;

  readonly #ids: Map<string, number>;

  /** `ids` keeps the numbers of label sets from one computation to the next, so that keys are short and stay the same. */
  constructor(
    scrapeLabels: (pod: Pod) => Labels,
    ids: Map<string, number> = new Map(),
  ) {
    this.#scrapeLabels = scrapeLabels;
    this.#ids = ids;
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

  countdown(pod: Pod, name: string, labels: Labels, until: number): void {
    this.#add(pod, name, labels, { type: 'countdown', until }, '');
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
      this.#add(
        pod,
        `${name}_bucket`,
        labels,
        { type: 'count', rate: rate * shareWithin(latency, bound * unit) },
        pace,
        bound === Infinity ? '+Inf' : String(bound),
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
    le?: string,
  ): void {
    const base = this.#base(pod, labels);
    const key = `${name} ${le ?? ''} ${base.id}`;
    const existing = this.#series.get(key);
    if (existing) {
      existing.growth = plus(existing.growth, growth);
      return;
    }
    this.#series.set(key, {
      // Only a series that is new to the store needs them.
      get labels() {
        return {
          ...base.labels,
          ...(le !== undefined && { le }),
          __name__: name,
        };
      },
      growth,
      pod,
      pace,
    });
  }

  /** The labels that all series of a metric family have; a flow asks for the same ones again and again. */
  #base(pod: Pod, labels: Labels): Base {
    const known = this.#bases.get(labels);
    if (known?.pod === pod.uid) {
      return known;
    }
    // A label without a value is none: Prometheus drops it when it scrapes.
    const all: Labels = Object.fromEntries(
      Object.entries({ ...this.#scrapeLabelsOf(pod), ...labels }).filter(
        ([, value]) => value !== '',
      ),
    );
    const text = signature(all);
    const id = this.#ids.get(text) ?? this.#ids.size;
    this.#ids.set(text, id);
    const base = { pod: pod.uid, id, labels: all };
    this.#bases.set(labels, base);
    return base;
  }

  #scrapeLabelsOf(pod: Pod): Labels {
    let labels = this.#scraped.get(pod.uid);
    if (!labels) {
      labels = this.#scrapeLabels(pod);
      this.#scraped.set(pod.uid, labels);
    }
    return labels;
  }
}

interface Base {
  /** The uid of the pod that exports the series. */
  pod: string;
  /** Equal for equal labels only. */
  id: number;
  labels: Labels;
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
