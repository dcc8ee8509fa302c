/** Milliseconds since the epoch. */
export type Now = () => number;

/** The time of a cluster: the given clock, except while the cluster's past is replayed. */
export class WorldClock {
  readonly #now: Now;
  #replayed: number | undefined;

  constructor(now: Now) {
    this.#now = now;
  }

  readonly now: Now = () => this.#replayed ?? this.#now();

  /** Runs `action` as if it happened at `time`. */
  at(time: number, action: () => void): void {
    this.#replayed = time;
    try {
      action();
    } finally {
      this.#replayed = undefined;
    }
  }
}

/** The form in which Kubernetes writes times. */
export function timestamp(time: number): string {
  return new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
}
