const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  y: 31_536_000_000,
};

const DURATION =
  /^(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const ORDER = ['y', 'w', 'd', 'h', 'm', 's', 'ms'];

/** Milliseconds of a Prometheus duration (`1h30m`); undefined where the text is none. */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  return match
    ? ORDER.reduce(
        (sum, unit, index) => sum + Number(match[index + 1] ?? 0) * UNITS[unit],
        0,
      )
    : undefined;
}

/** The number that PromQL writes as 1, 1e3, 0x1f, 5m (seconds), Inf or NaN; undefined where the text is none. */
export function parseNumber(text: string): number | undefined {
  const plain = text.replace(/_/g, '');
  const [, sign, digits] = /^([+-]?)(.*)$/s.exec(plain) ?? [];
  const value = parseUnsigned(digits.toLowerCase());
  return value !== undefined && sign === '-' ? -value : value;
}

function parseUnsigned(text: string): number | undefined {
  if (text === 'inf') {
    return Infinity;
  }
  if (text === 'nan') {
    return NaN;
  }
  if (/^(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/.test(text)) {
    return Number(text);
  }
  const duration = parseDuration(text);
  return duration === undefined ? undefined : duration / 1_000;
}
