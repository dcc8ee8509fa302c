import { StoredSpan } from './model';

/**
 * By how many microseconds a span would have to move if the clock of its parent is right: one that is not within its
 * parent belongs into its middle (the network takes as long there as back); one that is longer begins no earlier, since
 * it may have gone on alone. Upstream: `calculateSkew` of Jaeger's clock skew adjuster.
 */
export function clockSkew(
  child: Pick<StoredSpan, 'startUs' | 'durationUs'>,
  parent: Pick<StoredSpan, 'startUs' | 'durationUs'>,
): number {
  if (child.durationUs > parent.durationUs) {
    return Math.max(0, parent.startUs - child.startUs);
  }
  const isWithin =
    child.startUs >= parent.startUs &&
    child.startUs + child.durationUs <= parent.startUs + parent.durationUs;
  return isWithin
    ? 0
    : parent.startUs +
        (parent.durationUs - child.durationUs) / 2 -
        child.startUs;
}

/**
 * Whether a span and its parent go by different clocks. One process has one clock; what is sent on (producer and
 * consumer) may be taken up when the sender is long done.
 */
export function hasOtherClock(child: StoredSpan, parent: StoredSpan): boolean {
  return (
    child.process !== parent.process &&
    child.kind !== 'consumer' &&
    parent.kind !== 'producer'
  );
}
