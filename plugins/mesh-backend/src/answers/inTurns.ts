import { Turn } from '../clusters/Turn';

/** Takes all steps, and lets others have their turn in between. */
export async function inTurns(steps: Iterable<unknown>): Promise<void> {
  const turn = new Turn();
  for (const _ of steps) {
    if (turn.isOver) {
      await turn.next();
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
