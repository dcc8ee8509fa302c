/** A duration in milliseconds, or why the text is none. */
export type ParsedDuration = { ms: number } | { error: string };

const ANNOTATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds are counted in 64 bits. */
const TOO_LARGE = 2 ** 64;

/**
 * A duration as Linkerd's annotations have it: a whole number and one unit out of ms, s, m, h, d. There are
 * no fractions, no sums, and no bare number but 0.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `parse_duration`.
 */
export function parseAnnotationDuration(text: string): ParsedDuration {
  const trimmed = text.trim();
  if (trimmed.startsWith('-')) {
    return { error: 'a duration cannot be negative' };
  }
  const [, magnitude, unit] = /^(.*\d)(\D*)$/s.exec(trimmed) ?? [];
  if (magnitude === undefined) {
    return { error: 'it has no number' };
  }
  if (magnitude.includes('.')) {
    return { error: 'fractions are not supported' };
  }
  if (!/^\+?\d+$/.test(magnitude)) {
    return { error: 'it is not one whole number and a unit' };
  }
  const value = Number(magnitude);
  if (unit === '') {
    return value === 0
      ? { ms: 0 }
      : { error: `the unit is missing: ${value}s or ${value}ms?` };
  }
  const factor = ANNOTATION_UNITS[unit];
  if (factor === undefined) {
    return { error: `the unit ${unit} is none of ms, s, m, h, d` };
  }
  return value * factor >= TOO_LARGE
    ? { error: 'it is too large' }
    : { ms: value * factor };
}

const GO_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/**
 * A duration in Go's grammar, such as `1m30s` or `0.5s`, as the timeouts of a policy.linkerd.io HTTPRoute
 * have it.
 *
 * Upstream: policy-controller/k8s/api/src/duration.rs.
 */
export function parseGoDuration(text: string): ParsedDuration {
  const [, sign, rest] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  if (rest === '0') {
    return { ms: 0 };
  }
  const parts = /^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(
    rest,
  )
    ? rest.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)
    : undefined;
  if (!parts) {
    return { error: 'it is no duration such as 1m30s' };
  }
  let ms = 0;
  for (const [, value, unit] of parts) {
    ms += Number(value) * GO_UNITS[unit];
  }
  return { ms: sign === '-' ? -ms : ms };
}
