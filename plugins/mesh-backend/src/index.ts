/**
 * The backend of Mesh for Backstage: mirrors clusters, and answers what Istio and Linkerd do for the
 * entities of the catalog.
 *
 * @packageDocumentation
 */

export { meshPlugin as default } from './plugin';
