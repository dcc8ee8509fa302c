import type { Matcher } from './ast';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  /** Milliseconds since the epoch. */
  time: number;
  value: number;
}

/** What a rate needs of the samples of a window. */
export interface Window {
  count: number;
  first: Sample;
  last: Sample;
  /** The sample before the last one. */
  previous?: Sample;
  /** What the counter had reached before each reset inside the window, added up. */
  resets: number;
}

/** One time series, as scraped. */
export interface Series {
  labels: Labels;
  /** The newest sample in (time - lookback, time] that no staleness marker follows. */
  at(time: number, lookback: number): Sample | undefined;
  /** The samples in (from, to], in short; undefined where there is none. */
  window(from: number, to: number): Window | undefined;
  /** The samples in (from, to]. */
  samples(from: number, to: number): Sample[];
}

export interface SeriesSource {
  select(matchers: readonly Matcher[]): Iterable<Series>;
}

/** The window of samples that are at hand one by one. */
export function windowOf(samples: readonly Sample[]): Window | undefined {
  if (samples.length === 0) {
    return undefined;
  }
  let resets = 0;
  for (let index = 1; index < samples.length; index++) {
    if (samples[index].value < samples[index - 1].value) {
      resets += samples[index - 1].value;
    }
  }
  return {
    count: samples.length,
    first: samples[0],
    last: samples[samples.length - 1],
    ...(samples.length > 1 && { previous: samples[samples.length - 2] }),
    resets,
  };
}
