import { ObservedTraffic } from 'backstage-plugin-mesh-common';
import { shareOf } from '../../format/numbers';

/** Traffic by how it came, as counts and as shares of 0 to 100; the shares are absent where there was none. */
export interface TrafficShares {
  total: number;
  mtls?: number;
  plaintext?: number;
  unknown?: number;
}

export function trafficShares(traffic: ObservedTraffic): TrafficShares {
  const total = traffic.mtls + traffic.plaintext + traffic.unknown;
  return {
    total,
    mtls: shareOf(traffic.mtls, total),
    plaintext: shareOf(traffic.plaintext, total),
    unknown: shareOf(traffic.unknown, total),
  };
}

/** Sums by unit: requests and connections are not added to each other. */
export function sumByUnit(
  parts: readonly ObservedTraffic[],
): ObservedTraffic[] {
  const sums = new Map<ObservedTraffic['unit'], ObservedTraffic>();
  for (const part of parts) {
    const sum = sums.get(part.unit);
    sums.set(part.unit, {
      unit: part.unit,
      mtls: (sum?.mtls ?? 0) + part.mtls,
      plaintext: (sum?.plaintext ?? 0) + part.plaintext,
      unknown: (sum?.unknown ?? 0) + part.unknown,
    });
  }
  return [...sums.values()];
}
