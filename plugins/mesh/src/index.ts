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
  MeshPlacementFieldExtension,
} from './plugin';
export type { PlacementValue } from './scaffolder/placementProblem';
export { isMeshAvailable } from './isMeshAvailable';
export { meshApiRef } from './api/MeshApi';
export type { MeshApi, MeshRequest, MeshWriteRequest } from './api/MeshApi';
export { MeshClient } from './api/MeshClient';
export { meshMessages, meshTranslationRef } from './translation';
