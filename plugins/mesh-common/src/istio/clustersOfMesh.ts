import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { meshId } from './meshConfig';

/** By which peers of a snapshot are found. */
export const ISTIO_ID = 'istio';

/** The other clusters of its mesh. */
export function meshPeers(snapshot: MeshSnapshot): readonly MeshSnapshot[] {
  return snapshot.peers(ISTIO_ID);
}

/**
 * Clusters whose control planes call their mesh by one name are one mesh. Those that cannot be asked may be of any that
 * has a name.
 */
export function clustersOfMesh(
  snapshot: MeshSnapshot,
  others: readonly MeshSnapshot[],
): readonly MeshSnapshot[] {
  const own = meshId(snapshot);
  if (own === undefined || own === 'unknown') {
    return [];
  }
  return others.filter(other => {
    const found = meshId(other);
    return (
      found === 'unknown' || (found !== undefined && found.name === own.name)
    );
  });
}
