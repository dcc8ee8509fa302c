/**
 * Scaffolder actions of Mesh for Backstage: policies of a new service, for the mesh that runs where it goes.
 *
 * @packageDocumentation
 */

export { scaffolderModuleMesh as default } from './module';
