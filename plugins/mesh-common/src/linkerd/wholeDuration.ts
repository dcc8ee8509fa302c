import { goDurationMs } from '../kubernetes/goDuration';

const DAY_MS = 86_400_000;

const UNITS: readonly [unit: string, ms: number][] = [
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
];

/**
 * How a duration is written that some grammar does not take, in a form that all of them take: one whole number and one
 * unit, such as `90m` for `1h30m`, `1500ms` for `1.5s`, `24h` for `1d`. Undefined where nobody can tell what is meant.
 *
 * Grammars: Linkerd's annotations (policy-controller/k8s/index/src/outbound/index.rs, `parse_duration`), Go's
 * (time.ParseDuration) and the Gateway API's (GEP-2257).
 */
export function wholeDuration(text: string): string | undefined {
  const trimmed = text.trim();
  const days = /^(\d{1,6})d$/.exec(trimmed)?.[1];
  const ms = days === undefined ? goDurationMs(trimmed) : Number(days) * DAY_MS;
  if (ms === undefined || ms < 1 || !Number.isInteger(ms)) {
    return undefined;
  }
  const [unit, size] = UNITS.find(([, one]) => ms % one === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** What to add to a complaint about a duration: how it is written, where that can be told. */
export function durationHint(text: string): string {
  const right = wholeDuration(text);
  return right === undefined || right === text ? '' : `: write ${right}`;
}
