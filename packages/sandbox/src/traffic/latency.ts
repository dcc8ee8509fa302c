import type { Pod } from '../world/coreKinds';
import type { ServerBehaviour, TrafficProfile } from './profile';
import { workloadName } from './workload';

/** Milliseconds that half and 99 of 100 requests stay below. */
export interface Latency {
  p50: number;
  p99: number;
}

const DEFAULT_LATENCY: Latency = { p50: 8, p99: 60 };

/** What a proxy adds on its way. */
const PROXY_OVERHEAD = 1.1;

export function behaviourOf(
  profile: TrafficProfile,
  server: Pod,
): Pick<ServerBehaviour, 'latency' | 'errors'> {
  return (
    profile.servers.find(
      ({ workload }) =>
        workload.namespace === server.namespace &&
        workload.deployment === workloadName(server),
    ) ?? { latency: DEFAULT_LATENCY }
  );
}

/** The latency as a client sees it. */
export function asSeenByClient({ p50, p99 }: Latency): Latency {
  return { p50: p50 * PROXY_OVERHEAD, p99: p99 * PROXY_OVERHEAD };
}

/** The share of requests that took `milliseconds` or less: a log-normal distribution. */
export function shareWithin(
  { p50, p99 }: Latency,
  milliseconds: number,
): number {
  if (milliseconds === Infinity) {
    return 1;
  }
  const sigma = Math.log(p99 / p50) / 2.326348;
  return standardNormal(Math.log(milliseconds / p50) / sigma);
}

/** The mean of the distribution, in milliseconds. */
export function meanOf({ p50, p99 }: Latency): number {
  const sigma = Math.log(p99 / p50) / 2.326348;
  return p50 * Math.exp(sigma ** 2 / 2);
}

/** The standard normal distribution function, by Zelen and Severo's approximation (error below 1e-7). */
function standardNormal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const polynomial =
    t *
    (0.31938153 +
      t *
        (-0.356563782 +
          t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
  return x >= 0 ? 1 - tail : tail;
}
