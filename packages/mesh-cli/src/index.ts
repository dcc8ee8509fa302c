/**
 * The command `mesh`: the rules of Mesh for Backstage over files, without Backstage.
 *
 * @packageDocumentation
 */
export { main, run } from './cli';
export type { Commands } from './commands';
export type { Terminal } from './terminal';
