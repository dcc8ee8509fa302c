import { goDurationMs } from '../kubernetes/goDuration';
import { durationHint } from './wholeDuration';

/**
 * A duration in milliseconds, or why the text is none.
 *
 * @public
 */
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
 *
 * @public
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
    return { error: `fractions are not supported${durationHint(trimmed)}` };
  }
  if (!/^\+?\d+$/.test(magnitude)) {
    return {
      error: `it is not one whole number and a unit${durationHint(trimmed)}`,
    };
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

/**
 * A duration as the timeouts of a policy.linkerd.io HTTPRoute have it: in Go's grammar, but that nothing at all is 0, that
 * a 0 without unit at the end makes the whole 0, and that a sign may be repeated, and a + be before every number.
 *
 * Upstream: policy-controller/k8s/api/src/duration.rs, `K8sDuration`.
 *
 * @public
 */
export function parseRouteDuration(text: string): ParsedDuration {
  const magnitude = text.replace(/^\+*-*/, '').replace(/\+(?=\.?\d+\D)/g, '');
  const summands = magnitude.replace(/(?<![\d.])0$/, '');
  const parsed = summands === '' ? { ms: 0 } : parseGoDuration(summands);
  if ('error' in parsed) {
    return parsed;
  }
  const ms = summands === magnitude ? parsed.ms : 0;
  return { ms: text.startsWith('-') && ms > 0 ? -ms : ms };
}

/** Go counts nanoseconds in 63 bits. */
const LONGEST_IN_GO_MS = 2 ** 63 / 1_000_000;

/**
 * A duration in Go's grammar, such as `1m30s` or `0.5s`, with a sign if it has one.
 *
 * Upstream: https://pkg.go.dev/time#ParseDuration.
 */
export function parseGoDuration(text: string): ParsedDuration {
  const [, sign, rest = ''] = /^([-+]?)(.*)$/s.exec(text) ?? [];
  const ms = goDurationMs(rest);
  if (ms === undefined) {
    return { error: `it is no duration such as 1m30s${durationHint(rest)}` };
  }
  return { ms: sign === '-' && ms > 0 ? -ms : ms };
}

/** Why a text is no duration to Go, if it is none. */
export function goDurationComplaint(text: string): string | undefined {
  const parsed = parseGoDuration(text);
  if ('error' in parsed) {
    return parsed.error;
  }
  return Math.abs(parsed.ms) > LONGEST_IN_GO_MS
    ? 'it is longer than 292 years'
    : undefined;
}
