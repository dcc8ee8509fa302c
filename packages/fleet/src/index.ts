/**
 * Clusters of any size: as many objects as were asked for, the same for the same seed, with planted problems.
 *
 * @packageDocumentation
 */
export { main } from './cli';
export { fleetObjects } from './fleet';
export type { FleetObject } from './fleet';
export { isFleetSize, SIZES } from './sizes';
export type { FleetCounts, FleetSize } from './sizes';
export { writeFleet } from './writeFleet';
