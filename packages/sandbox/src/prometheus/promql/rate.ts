import type { Window } from './series';

/**
 * `rate` and `increase`: the counter's growth inside the window, resets added, extrapolated to the window's ends where
 * the first and last sample are near them (within 1.1 sample distances), else by half a distance; never below the
 * counter's zero. Upstream: `extrapolatedRate` in promql/functions.go.
 */
export function extrapolatedIncrease(
  window: Window,
  from: number,
  to: number,
): number | undefined {
  if (window.count < 2) {
    return undefined;
  }
  const { first, last } = window;
  const growth = last.value - first.value + window.resets;
  const sampled = (last.time - first.time) / 1_000;
  const distance = sampled / (window.count - 1);
  const near = distance * 1.1;

  let toStart = (first.time - from) / 1_000;
  if (toStart >= near) {
    toStart = distance / 2;
  }
  if (growth > 0 && first.value >= 0) {
    toStart = Math.min(toStart, sampled * (first.value / growth));
  }
  let toEnd = (to - last.time) / 1_000;
  if (toEnd >= near) {
    toEnd = distance / 2;
  }
  return growth * ((sampled + toStart + toEnd) / sampled);
}

/** `irate`: the rate between the last two samples; after a reset the counter began at zero. */
export function instantRate(window: Window): number | undefined {
  const { previous, last } = window;
  if (!previous) {
    return undefined;
  }
  const growth =
    last.value < previous.value ? last.value : last.value - previous.value;
  return growth / ((last.time - previous.time) / 1_000);
}
