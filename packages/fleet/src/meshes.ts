import { ISTIO } from './istio/mesh';
import { LINKERD } from './linkerd/mesh';

/** The meshes that there are fleets of. */
export const MESHES = { istio: ISTIO, linkerd: LINKERD } as const;

export type FleetMeshName = keyof typeof MESHES;
