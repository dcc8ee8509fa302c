import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long others wait at most, unless one piece of work takes longer. */
const TURN_MS = 5;

/** The time that somebody who has a lot to do may work before others have theirs. */
export class Turn {
  #since = performance.now();

  get isOver(): boolean {
    return performance.now() - this.#since > TURN_MS;
  }

  /** The next one, which begins after others have had theirs. */
  async next(): Promise<void> {
    await nextTurn();
    this.#since = performance.now();
  }
}
