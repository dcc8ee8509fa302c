/**
 * Milliseconds in the unit that people read: `250 ms`, `1.5 s`, `2 min`.
 *
 * @public
 */
export function durationWords(ms: number): string {
  if (ms < 1_000) {
    return `${ms} ms`;
  }
  const seconds = ms / 1_000;
  return seconds < 120
    ? `${Math.round(seconds * 100) / 100} s`
    : `${Math.round(seconds / 6) / 10} min`;
}
