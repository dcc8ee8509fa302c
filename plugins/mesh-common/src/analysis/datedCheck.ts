import { Check, CheckFinding } from './check';

const HOUR_MS = 3_600_000;

/**
 * The full hour of a moment: what checks take for the time, so that what they say stays the same within an hour.
 */
export function hourOf(now: Date): number {
  return Math.floor(now.getTime() / HOUR_MS);
}

/** The form of a check at an hour. It is one, so that it is known again in the next analysis of that hour. */
const atHours = new WeakMap<Check, { hour: number; check: Check }>();

/** The check as it is to be run in an hour: most do not ask for the time. */
export function datedCheck(check: Check, hour: number | undefined): Check {
  if (!check.readsClock || hour === undefined) {
    return check;
  }
  const known = atHours.get(check);
  if (known?.hour === hour) {
    return known.check;
  }
  const now = new Date(hour * HOUR_MS);
  const dated: Check = {
    ...check,
    run: (object, snapshot): Iterable<CheckFinding> =>
      check.run(object, snapshot, now),
  };
  atHours.set(check, { hour, check: dated });
  return dated;
}
