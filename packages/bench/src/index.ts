/**
 * What Mesh for Backstage costs on large fleets, measured against limits.
 *
 * @packageDocumentation
 */
export { main } from './cli';
export { measureHere } from './measureHere';
