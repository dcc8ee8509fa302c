const NBSP = '\u00a0';

/** Microseconds as people read them: `650 µs`, `12.3 ms`, `1.25 s`. */
export function formatMicroseconds(us: number, language: string): string {
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(
      value,
    );
  const size = Math.abs(us);
  if (size < 1_000) {
    return `${number(us)}${NBSP}µs`;
  }
  return size < 1_000_000
    ? `${number(us / 1_000)}${NBSP}ms`
    : `${number(us / 1_000_000)}${NBSP}s`;
}
