/** How many objects of each kind a fleet has, those of its control plane included. */
export interface FleetCounts extends Readonly<Record<string, number>> {
  Namespace: number;
  Service: number;
  Pod: number;
}

/** L is a large company, M a tenth of it, S a hundredth. */
const DIVISORS = { S: 100, M: 10, L: 1 } as const;

export type FleetSize = keyof typeof DIVISORS;

export const SIZES: readonly FleetSize[] = ['S', 'M', 'L'];

/** As many objects as a size has, of a mesh of which L has these. */
export function countsOf<C extends FleetCounts>(large: C, size: FleetSize): C {
  return Object.fromEntries(
    Object.entries(large).map(([kind, count]) => [
      kind,
      count / DIVISORS[size],
    ]),
  ) as C;
}
