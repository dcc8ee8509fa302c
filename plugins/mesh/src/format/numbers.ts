const NBSP = '\u00a0';

/** `1,234`; from ten thousand on in short form, `12.3K`. */
export function formatCount(value: number, language: string): string {
  if (value > 0 && value < 0.5) {
    return '<1';
  }
  const rounded = Math.round(value);
  return new Intl.NumberFormat(
    language,
    Math.abs(rounded) >= 10_000
      ? { notation: 'compact', maximumFractionDigits: 1 }
      : {},
  ).format(rounded);
}

/** Like formatCount, never shortened. */
export function formatExactCount(value: number, language: string): string {
  return new Intl.NumberFormat(language).format(Math.round(value));
}

/**
 * A share of 0 to 100 with its sign. Next to the ends one decimal is kept, and what is not quite nothing or
 * everything never reads as if it were.
 */
export function formatPercent(share: number, language: string): string {
  // Shares are quotients of measured numbers: what is short of everything by less is an error of rounding.
  const value = share > 100 - 1e-6 ? 100 : share;
  const number = (n: number, digits: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(
      n,
    );
  if (value > 0 && value < 0.1) {
    return `<${number(0.1, 1)}${NBSP}%`;
  }
  if (value > 99.9 && value < 100) {
    return `>${number(99.9, 1)}${NBSP}%`;
  }
  const nearEnd = (value > 0 && value < 1) || (value > 99 && value < 100);
  return `${number(value, nearEnd ? 1 : 0)}${NBSP}%`;
}

/** The share of a part in 0 to 100; undefined where there is nothing to have a share of. */
export function shareOf(part: number, whole: number): number | undefined {
  return whole > 0 ? (part / whole) * 100 : undefined;
}
