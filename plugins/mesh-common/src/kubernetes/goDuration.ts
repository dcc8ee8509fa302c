const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  // Go takes both signs of micro.
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const WHOLE = new RegExp(`^(?:${PART.source})+$`);

/**
 * Milliseconds of a duration in Go's form, such as `1m30s` or `0.5s`, which Istio and the Gateway API use.
 * Undefined where the text is none. Negative ones have no meaning there and are none.
 */
export function goDurationMs(text: string): number | undefined {
  if (text === '0') {
    return 0;
  }
  if (!WHOLE.test(text)) {
    return undefined;
  }
  const total = [...text.matchAll(PART)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * UNITS[unit],
    0,
  );
  // Binary fractions of decimal seconds are no part of the answer.
  return Number(total.toFixed(6));
}
