import { parseNumber } from './duration';
import { dropLabels, signature, type Element } from './vector';
import type { Labels } from './series';

interface Bucket {
  bound: number;
  count: number;
}

/**
 * `histogram_quantile` over classic buckets: one answer for the elements that differ in `le` only, interpolated
 * inside the bucket that holds the quantile. Upstream: `BucketQuantile` in promql/quantile.go.
 */
export function histogramQuantile(
  quantile: number,
  elements: readonly Element[],
): Element[] {
  const histograms = new Map<string, { labels: Labels; buckets: Bucket[] }>();
  for (const { labels, value } of elements) {
    const bound = parseNumber(labels.le ?? '');
    if (bound === undefined) {
      continue;
    }
    const rest = dropLabels(labels, ['le', '__name__']);
    const key = signature(rest);
    const histogram = histograms.get(key) ?? { labels: rest, buckets: [] };
    histogram.buckets.push({ bound, count: value });
    histograms.set(key, histogram);
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({
    labels,
    value: bucketQuantile(quantile, buckets),
  }));
}

function bucketQuantile(quantile: number, unsorted: Bucket[]): number {
  if (Number.isNaN(quantile)) {
    return NaN;
  }
  if (quantile < 0) {
    return -Infinity;
  }
  if (quantile > 1) {
    return Infinity;
  }
  const buckets = monotonic(
    merged([...unsorted].sort((a, b) => a.bound - b.bound)),
  );
  const last = buckets.length - 1;
  if (last < 1 || buckets[last].bound !== Infinity) {
    return NaN;
  }
  const observations = buckets[last].count;
  if (observations === 0) {
    return NaN;
  }
  const rank = quantile * observations;
  const found = buckets.slice(0, last).findIndex(({ count }) => count >= rank);
  const index = found < 0 ? last : found;
  if (index === last) {
    return buckets[last - 1].bound;
  }
  if (index === 0 && buckets[0].bound <= 0) {
    return buckets[0].bound;
  }
  const below = index > 0 ? buckets[index - 1] : { bound: 0, count: 0 };
  const { bound, count } = buckets[index];
  return (
    below.bound +
    (bound - below.bound) * ((rank - below.count) / (count - below.count))
  );
}

/** Buckets of one bound are one bucket (`le="1"` and `le="1.0"`). */
function merged(buckets: Bucket[]): Bucket[] {
  const result: Bucket[] = [];
  for (const bucket of buckets) {
    const previous = result[result.length - 1];
    if (previous?.bound === bucket.bound) {
      previous.count += bucket.count;
    } else {
      result.push({ ...bucket });
    }
  }
  return result;
}

/** A bucket cannot hold less than the one below it; scrapes at different moments make it seem so. */
function monotonic(buckets: Bucket[]): Bucket[] {
  let highest = -Infinity;
  return buckets.map(({ bound, count }) => {
    highest = Math.max(highest, count);
    return { bound, count: highest };
  });
}
