/**
 * The command `conformance`: the rules of Mesh for Backstage against what the meshes themselves answer.
 *
 * @packageDocumentation
 */
export { main } from './cli';
