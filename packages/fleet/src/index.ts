/**
 * Clusters of any size: as many objects as were asked for, the same for the same seed, with planted problems.
 *
 * @packageDocumentation
 */
export { main } from './cli';
export { fleetObjects } from './fleet';
export type { FleetObject, FleetOptions } from './fleet';
export type { FleetMeshName } from './meshes';
export type { FleetSize } from './sizes';
export { writeFleet } from './writeFleet';
