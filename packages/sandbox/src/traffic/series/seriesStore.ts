import type { Matcher } from '../../prometheus/promql/ast';
import type { Series, SeriesSource } from '../../prometheus/promql/series';
import type { Now } from '../../world/clock';
import type { Growth, SeriesRate } from '../rates';
import { Life } from './life';
import { paceOf } from './pace';
import { SampledSeries } from './sampledSeries';

/**
 * The time series of a cluster. Told what the proxies count from now on, it ends the series of pods that are gone,
 * stops those that no traffic feeds any more, and begins new ones.
 */
export class SeriesStore implements SeriesSource {
  readonly #now: Now;
  readonly #interval: number;
  readonly #series = new Map<string, SampledSeries>();
  readonly #byName = new Map<string, SampledSeries[]>();
  /** The pod that exports a running series, by uid. */
  readonly #exporters = new Map<string, string>();
  #started = false;

  static create(options: { now: Now; interval: number }): SeriesStore {
    return new SeriesStore(options.now, options.interval);
  }

  private constructor(now: Now, interval: number) {
    this.#now = now;
    this.#interval = interval;
  }

  /**
   * From now on the series grow as given. What is given first held since the pods exist: the cluster has a past.
   * `pods` are the uids of the pods that exist.
   */
  apply(
    rates: ReadonlyMap<string, SeriesRate>,
    pods: ReadonlySet<string>,
  ): void {
    const now = this.#now();
    for (const [key, uid] of this.#exporters) {
      const life = this.#current(key);
      if (!pods.has(uid)) {
        life.to = now;
        this.#exporters.delete(key);
      } else if (!rates.has(key)) {
        this.#stop(key, life, now);
      }
    }
    for (const [key, rate] of rates) {
      const running = this.#exporters.get(key);
      if (running === rate.pod.uid) {
        const life = this.#current(key);
        if (!sameGrowth(life.growth, rate.growth)) {
          life.change(now, rate.growth);
        }
      } else {
        if (running !== undefined) {
          this.#current(key).to = now;
        }
        const created = Date.parse(rate.pod.created);
        this.#begin(key, rate, this.#started ? now : Math.min(created, now));
      }
    }
    this.#started = true;
  }

  *select(matchers: readonly Matcher[]): Iterable<Series> {
    const name = matchers.find(
      ({ label, operator }) => label === '__name__' && operator === '=',
    );
    const candidates = name
      ? this.#byName.get(name.value) ?? []
      : this.#series.values();
    for (const series of candidates) {
      if (
        matchers.every(({ label, matches }) =>
          matches(series.labels[label] ?? ''),
        )
      ) {
        yield series;
      }
    }
  }

  /** A counter that nothing feeds stays where it is; a gauge of something that is gone goes too. */
  #stop(key: string, life: Life, now: number): void {
    if (life.isCounter) {
      const type = life.growth.type === 'sum' ? 'sum' : 'count';
      if (!sameGrowth(life.growth, { type, rate: 0 })) {
        life.change(now, { type, rate: 0 });
      }
    } else {
      life.to = now;
      this.#exporters.delete(key);
    }
  }

  #begin(key: string, { labels, growth, pod, pace }: SeriesRate, from: number) {
    let series = this.#series.get(key);
    if (!series) {
      series = new SampledSeries(labels, this.#interval, this.#now);
      this.#series.set(key, series);
      const named = this.#byName.get(labels.__name__) ?? [];
      named.push(series);
      this.#byName.set(labels.__name__, named);
    }
    series.lives.push(new Life(from, growth, paceOf(pace)));
    this.#exporters.set(key, pod.uid);
  }

  #current(key: string): Life {
    const lives = this.#series.get(key)?.lives ?? [];
    const life = lives[lives.length - 1];
    if (!life) {
      throw new Error(`no series ${key}`);
    }
    return life;
  }
}

function sameGrowth(a: Growth, b: Growth): boolean {
  switch (a.type) {
    case 'gauge':
      return b.type === 'gauge' && a.value === b.value;
    case 'countdown':
      return b.type === 'countdown' && a.until === b.until;
    case 'certificate':
      return b.type === 'certificate' && a.since === b.since;
    default:
      return a.type === b.type && a.rate === b.rate;
  }
}
