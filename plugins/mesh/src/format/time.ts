const NBSP = '\u00a0';

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** A duration with units, as long as it needs: `250 ms`, `1.5 s`, `2 min 30 s`. */
export function formatDuration(ms: number, language: string): string {
  const number = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 3 }).format(value);
  if (ms < 1_000) {
    return `${number(ms)}${NBSP}ms`;
  }
  if (ms < 60_000) {
    return `${number(ms / 1_000)}${NBSP}s`;
  }
  const parts: string[] = [];
  let rest = Math.round(ms);
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    if (count > 0) {
      parts.push(`${number(count)}${NBSP}${unit}`);
      rest -= count * size;
    }
  }
  return parts.join(' ');
}

const AGES = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** How long ago something was, in words: `5 minutes ago`. */
export function formatAge(then: Date, now: Date, language: string): string {
  const age = Math.max(0, now.getTime() - then.getTime());
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  for (const [unit, size] of AGES) {
    if (age >= size) {
      return format.format(-Math.floor(age / size), unit);
    }
  }
  return format.format(0, 'second');
}

/** The moment itself, with its time zone. */
export function formatMoment(moment: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'long',
  }).format(moment);
}
