import { MeshSnapshot, SnapshotOrigin } from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { clusterOf, istioSettings, objectsOf } from '../cluster';

/** A configuration that istiod answered about. */
export const istiodCase = z.object({
  id: z.string(),
  meshConfig: z.string().nullable(),
  rootNamespace: z.string(),
  objects: z.string(),
});

/** The cluster of a case. Where routes are in it, they count as files: no controller has judged them. */
export function istiodCluster(
  entry: z.infer<typeof istiodCase>,
  origin?: SnapshotOrigin,
): MeshSnapshot {
  return clusterOf([istioSettings(entry), ...objectsOf(entry.objects)], origin);
}
