import { MeshId, WorkloadRef } from 'backstage-plugin-mesh-common';
import { istio } from './istio';
import { linkerd } from './linkerd';
import { MeshGuide, MeshPresentation } from './presentation';

/** How the meshes that the backend knows are presented. One that is not here is shown by its id. */
const MESHES: readonly MeshPresentation[] = [istio, linkerd];

/** A way into a mesh. */
export interface EnrolGuide extends MeshGuide {
  mesh: MeshId;
}

export function meshTitle(mesh: MeshId): string {
  return MESHES.find(({ id }) => id === mesh)?.title ?? mesh;
}

/** The ways into one mesh, or into each that is known. */
export function enrolGuides(
  workload: WorkloadRef,
  mesh?: MeshId,
): EnrolGuide[] {
  return MESHES.filter(({ id }) => mesh === undefined || id === mesh).flatMap(
    ({ id, guides }) => guides(workload).map(guide => ({ ...guide, mesh: id })),
  );
}
