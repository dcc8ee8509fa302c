/**
 * What Istio and Linkerd do for the services of the catalog: tabs for entities, and a page of all
 * clusters and services.
 *
 * @packageDocumentation
 */

export {
  EntityMeshMtlsContent,
  EntityMeshReadinessContent,
  EntityMeshRoutingContent,
  EntityMeshSummaryCard,
  EntityMeshTracesContent,
  meshPlugin,
  MeshPage,
} from './plugin';
export { isMeshAvailable } from './isMeshAvailable';
export { meshApiRef } from './api/MeshApi';
export type { MeshApi, MeshRequest, MeshWriteRequest } from './api/MeshApi';
export { MeshClient } from './api/MeshClient';
export { meshTranslationRef } from './translation';
