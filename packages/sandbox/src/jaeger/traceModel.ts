import { fnv1a } from '../controllers/names';
import type { Now } from '../world/clock';
import { composeTrace, type ClockOffset } from './compose';
import type { CallHops } from './hop';
import { TracePlan, type RootCall } from './plan';
import { createRandom } from './random';
import type { Trace } from './span';

/** How long traces are kept, in milliseconds. */
export const RETENTION = 6 * 3_600_000;

/** Objects often change several times at once; that is one change of the traffic. */
const SAME_CHANGE = 1_000;
const MAX_EPOCHS = 500;

/** Traces of a time, as a store gives them. */
export interface TraceSource {
  /** The traces that began in this time (milliseconds) and have ended, the youngest first. */
  between(start: number, end: number): Iterable<Trace>;
  get(id: string): Trace | undefined;
}

/** A time in which the traffic took the same ways. */
interface Epoch {
  since: number;
  plan: TracePlan;
}

/** A moment at which a root call was sampled. */
interface Moment {
  time: number;
  root: RootCall;
  plan: TracePlan;
}

/**
 * The traces of a cluster. Nothing is kept but the ways of the traffic and since when it takes them: which requests were
 * sampled, and all that happened to them, follows from the call and the time, which are also what an id says.
 */
export class TraceModel implements TraceSource {
  readonly #now: Now;
  readonly #name: string;
  readonly #offsetOf: ClockOffset;
  #epochs: Epoch[] = [];

  static create(options: {
    cluster: string;
    now: Now;
    offsetOf: ClockOffset;
  }): TraceModel {
    return new TraceModel(options);
  }

  private constructor(options: Parameters<typeof TraceModel.create>[0]) {
    this.#name = options.cluster;
    this.#now = options.now;
    this.#offsetOf = options.offsetOf;
  }

  /** From now on traffic takes these ways; the first ones it has always taken. */
  apply(calls: readonly CallHops[]): void {
    const now = this.#now();
    const plan = TracePlan.create(calls);
    const last = this.#epochs.at(-1);
    if (last && now - last.since < SAME_CHANGE) {
      last.plan = plan;
      return;
    }
    this.#epochs.push({ since: last ? now : -Infinity, plan });
    const firstKept = this.#epochs.findIndex(
      (_, index) =>
        (this.#epochs[index + 1]?.since ?? Infinity) > now - RETENTION,
    );
    this.#epochs = this.#epochs
      .slice(Math.max(firstKept, 0))
      .slice(-MAX_EPOCHS);
  }

  *between(start: number, end: number): Iterable<Trace> {
    const now = this.#now();
    const from = Math.max(start, now - RETENTION, this.#oldest());
    const moments = this.#momentsBetween(from, Math.min(end, now));
    for (const moment of moments.sort((a, b) => b.time - a.time)) {
      const trace = this.#compose(moment);
      if (endOf(trace) <= now * 1_000) {
        yield trace;
      }
    }
  }

  get(id: string): Trace | undefined {
    const [, call, digits] = /^([0-9a-f]{8})([0-9a-f]{12})/.exec(id) ?? [];
    const time = parseInt(digits ?? '', 16);
    const now = this.#now();
    if (!(time >= Math.max(now - RETENTION, this.#oldest()) && time <= now)) {
      return undefined;
    }
    const moment = this.#momentsBetween(time, time).find(
      candidate => this.#idOf(candidate) === id,
    );
    const trace =
      moment && this.#hashOf(moment.root) === call && this.#compose(moment);
    return trace && endOf(trace) <= now * 1_000 ? trace : undefined;
  }

  #oldest(): number {
    return this.#epochs[0]?.since ?? Infinity;
  }

  /** Both ends included. */
  #momentsBetween(start: number, end: number): Moment[] {
    return this.#epochs.flatMap(({ since, plan }, index) => {
      const from = Math.max(start, since);
      const to = Math.min(
        end,
        (this.#epochs[index + 1]?.since ?? Infinity) - 1,
      );
      return from <= to
        ? plan.roots.flatMap(root =>
            [...this.#timesOf(root, from, to)].map(time => ({
              time,
              root,
              plan,
            })),
          )
        : [];
    });
  }

  /** A call is sampled once in each period, somewhere in the middle of it. */
  *#timesOf(root: RootCall, from: number, to: number): Iterable<number> {
    const period = 1_000 / root.rate;
    for (let slot = Math.floor(from / period); slot * period <= to; slot += 1) {
      const jitter = (fnv1a(`${root.call.key} ${slot}`) % 1_000) / 1_000;
      const time = Math.floor((slot + 0.1 + 0.8 * jitter) * period);
      if (time >= from && time <= to) {
        yield time;
      }
    }
  }

  #compose(moment: Moment): Trace {
    const { root, plan, time } = moment;
    const id = this.#idOf(moment);
    return this.#collected(
      composeTrace({
        id,
        plan,
        root: root.call,
        start: time * 1_000,
        random: createRandom(fnv1a(id)),
        offsetOf: this.#offsetOf,
      }),
    );
  }

  /** As the collector of the cluster passes it on: with the name of the cluster, which no reporter knows. */
  #collected({ id, spans }: Trace): Trace {
    return {
      id,
      spans: spans.map(span => ({
        ...span,
        reporter: {
          ...span.reporter,
          attributes: {
            ...span.reporter.attributes,
            'k8s.cluster.name': this.#name,
          },
        },
      })),
    };
  }

  #idOf({ root, time }: Moment): string {
    const call = this.#hashOf(root);
    const moment = time.toString(16).padStart(12, '0');
    const rest = [`${call}${moment}`, `${moment}${call}`]
      .map(text => fnv1a(text).toString(16).padStart(8, '0'))
      .join('');
    return `${call}${moment}${rest.slice(0, 12)}`;
  }

  #hashOf({ call }: RootCall): string {
    return fnv1a(`${this.#name} ${call.key}`).toString(16).padStart(8, '0');
  }
}

/** Microseconds since the epoch. */
export function startOf({ spans }: Trace): number {
  return Math.min(...spans.map(({ start }) => start));
}

function endOf({ spans }: Trace): number {
  return Math.max(...spans.map(({ start, duration }) => start + duration));
}
