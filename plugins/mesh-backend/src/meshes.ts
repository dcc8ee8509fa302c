import { AnyCheck, MeshAdapter } from 'backstage-plugin-mesh-common';

export const MESHES: readonly MeshAdapter[] = [];
export const CHECKS: readonly AnyCheck[] = [];
