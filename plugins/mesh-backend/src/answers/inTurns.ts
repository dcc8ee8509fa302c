import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long others wait at most, unless one step takes longer. */
const TURN_MS = 10;

/** Takes all steps, and lets others have their turn in between. */
export async function inTurns(steps: Iterable<unknown>): Promise<void> {
  let since = performance.now();
  for (const _ of steps) {
    if (performance.now() - since > TURN_MS) {
      await nextTurn();
      since = performance.now();
    }
  }
}

/** Takes all steps at once, for what comes of them. */
export function lastOf<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) {
      return value;
    }
  }
}
