import { Service } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isClusterLocal } from './clusterLocal';
import { clusterDomain } from './injectorConfig';
import { inDomain } from './kubernetesServices';
import { MeshService } from './MeshService';
import { meshPeers } from './clustersOfMesh';

/**
 * The Service of a name that only other clusters of the mesh have, as the first of them has it: a control plane knows the
 * Services of all clusters.
 *
 * Upstream: pilot/pkg/serviceregistry/aggregate/controller.go, `Services`, `mergeService`.
 */
export function ofPeers(
  snapshot: MeshSnapshot,
  { namespace, name }: { namespace: string; name: string },
): MeshService[] {
  if (isClusterLocal(snapshot, { namespace, name })) {
    return [];
  }
  for (const peer of meshPeers(snapshot)) {
    const service = peer.get('Service', namespace, name);
    if (service) {
      return [elsewhere(service, clusterDomain(snapshot), peer.cluster)];
    }
  }
  return [];
}

/** What has been made of the Services of other clusters. */
const madeElsewhere = new WeakMap<MeshService, MeshService>();

/** A Service of another cluster, of which the own one has none of the name. */
export function elsewhere(
  service: Service,
  domain: string,
  cluster: string,
): MeshService {
  const own = inDomain(service, domain);
  const known = madeElsewhere.get(own) ?? { ...own, cluster };
  madeElsewhere.set(own, known);
  return known;
}
