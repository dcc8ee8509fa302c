import type { Growth } from '../rates';

/** Certificates of the meshes live a day and are renewed after seven tenths of it. */
const CERTIFICATE = { lifetime: 86_400, renewal: 60_480 };

interface Segment {
  /** Milliseconds since the epoch. */
  from: number;
  /** The pace of the call then. */
  pace: number;
  /** What a counter had reached then. */
  base: number;
  growth: Growth;
}

/**
 * A time series from its first to its last moment, as a function: linear in the pace of its call, with a breakpoint at
 * each change of its rate. A counter never decreases. Nothing is stored but the breakpoints, so the past is as long as
 * the life.
 */
export class Life {
  readonly from: number;
  /** The last moment; undefined while the series goes on. */
  to: number | undefined;
  readonly #pace: (time: number) => number;
  readonly #segments: Segment[];

  constructor(from: number, growth: Growth, pace: (time: number) => number) {
    this.from = from;
    this.#pace = pace;
    this.#segments = [{ from, pace: pace(from), base: 0, growth }];
  }

  /** What the series does since its last breakpoint. */
  get growth(): Growth {
    return this.#segments[this.#segments.length - 1].growth;
  }

  get isCounter(): boolean {
    return this.growth.type === 'count' || this.growth.type === 'sum';
  }

  /** Changes the rate from `time` on. */
  change(time: number, growth: Growth): void {
    this.#segments.push({
      from: time,
      pace: this.#pace(time),
      base: this.#reached(time),
      growth,
    });
  }

  /** The exported value at a moment of the life. */
  valueAt(time: number): number {
    const { growth } = this.#segmentAt(time);
    switch (growth.type) {
      case 'gauge':
        return growth.value;
      case 'countdown':
        return (growth.until - time) / 1_000;
      case 'certificate': {
        const age = (time - growth.since) / 1_000;
        const renewals = Math.floor(age / CERTIFICATE.renewal);
        return (
          growth.since / 1_000 +
          renewals * CERTIFICATE.renewal +
          CERTIFICATE.lifetime
        );
      }
      case 'count':
        return Math.floor(this.#reached(time));
      default:
        return this.#reached(time);
    }
  }

  /** What a counter has reached, before rounding. */
  #reached(time: number): number {
    const { pace, base, growth } = this.#segmentAt(time);
    return growth.type === 'count' || growth.type === 'sum'
      ? base + growth.rate * Math.max(0, this.#pace(time) - pace)
      : base;
  }

  #segmentAt(time: number): Segment {
    for (let index = this.#segments.length - 1; index > 0; index--) {
      if (this.#segments[index].from <= time) {
        return this.#segments[index];
      }
    }
    return this.#segments[0];
  }
}
