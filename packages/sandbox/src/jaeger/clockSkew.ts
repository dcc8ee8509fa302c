interface Interval {
  /** Microseconds. */
  start: number;
  duration: number;
}

/**
 * By how many microseconds a span must be late or early if its parent is right: a span that is not within its parent
 * was in its middle; one that is longer began no earlier.
 * Upstream: `calculateSkew` in Jaeger's adjuster for clock skew.
 */
export function clockSkew(child: Interval, parent: Interval): number {
  if (child.duration > parent.duration) {
    return Math.max(0, parent.start - child.start);
  }
  const isWithin =
    child.start >= parent.start &&
    child.start + child.duration <= parent.start + parent.duration;
  return isWithin
    ? 0
    : parent.start + (parent.duration - child.duration) / 2 - child.start;
}

/** Microseconds as Go writes a duration below a minute. */
export function goDuration(microseconds: number): string {
  const size = Math.abs(microseconds);
  if (size < 1_000) {
    return `${microseconds}µs`;
  }
  return size < 1_000_000
    ? `${microseconds / 1_000}ms`
    : `${microseconds / 1_000_000}s`;
}
