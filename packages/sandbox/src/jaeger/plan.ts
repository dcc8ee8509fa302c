import { workloadName } from '../traffic/workload';
import type { Pod } from '../world/coreKinds';
import { instrumentationOf } from './application';
import type { CallHops, Hop } from './hop';

/** A call from outside the traces: what it sends begins new ones. */
export interface RootCall {
  call: CallHops;
  /** Traces per second. */
  rate: number;
}

/** How requests travel through a cluster for as long as its objects do not change. */
export class TracePlan {
  readonly #calls = new Map<string, CallHops[]>();
  readonly #served = new Map<string, number>();
  readonly roots: readonly RootCall[];

  static create(calls: readonly CallHops[]): TracePlan {
    return new TracePlan(calls);
  }

  private constructor(calls: readonly CallHops[]) {
    for (const call of calls) {
      const from = `${call.from.namespace}/${call.from.deployment}`;
      this.#calls.set(from, [...(this.#calls.get(from) ?? []), call]);
      for (const { server, rate } of call.hops) {
        if (server) {
          const key = workloadKey(server);
          this.#served.set(key, (this.#served.get(key) ?? 0) + rate);
        }
      }
    }
    this.roots = calls
      .filter(
        ({ from }) => !this.#served.has(`${from.namespace}/${from.deployment}`),
      )
      .map(call => ({ call, rate: tracesPerSecond(call) }))
      .filter(({ rate }) => rate > 0);
  }

  /** What a pod calls while it serves a request, and how often on the average. */
  callsOf(pod: Pod): { call: CallHops; hops: readonly Hop[]; mean: number }[] {
    const key = workloadKey(pod);
    const served = this.#served.get(key) ?? 0;
    return (this.#calls.get(key) ?? []).flatMap(call => {
      const hops = call.hops.filter(({ client }) => client.uid === pod.uid);
      return hops.length > 0 && served > 0
        ? [{ call, hops, mean: rateOf(call.hops) / served }]
        : [];
    });
  }
}

function workloadKey(pod: Pod): string {
  return `${pod.namespace}/${workloadName(pod)}`;
}

function rateOf(hops: readonly Hop[]): number {
  return hops.reduce((sum, { rate }) => sum + rate, 0);
}

/** The client's SDK decides whether there is a trace, else the first proxy that samples. */
function tracesPerSecond({ hops, sampled }: CallHops): number {
  return hops.reduce((sum, { client, rate, rings }) => {
    const sdk = instrumentationOf(client);
    const proxy = rings.length > 0 ? sampled : 0;
    return sum + rate * (sdk ? sdk.sampled : proxy);
  }, 0);
}
