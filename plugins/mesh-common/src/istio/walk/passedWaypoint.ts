import { WorkloadRef } from '../../contract/common';
import { WalkBranch } from '../../contract/walk';
import { GatewayApiGateway } from '../../gateway-api/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { workloadOfPod } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { WalkClient } from './client';

/**
 * What a waypoint on the way changes of a branch: it sends the request on over a connection of its own, so that the
 * server sees its identity, as the client that the waypoint is, not the client's.
 *
 * Upstream: pilot/pkg/networking/core/waypoint.go and listener_waypoint.go (the waypoint's own HBONE clusters).
 */
export function passedWaypoint(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
  { pod, identity }: WalkClient,
): <B extends WalkBranch>(branch: B) => B {
  const at: WorkloadRef = pod
    ? workloadOfPod(snapshot, pod).ref
    : {
        cluster: snapshot.cluster,
        namespace: namespaceOf(gateway),
        kind: 'Gateway',
        name: gateway.metadata.name,
      };
  return branch => ({
    ...branch,
    via: [at],
    ...(identity && reachesServer(branch) && { peerIdentity: identity }),
  });
}

/** The server's side was asked, and hears from the waypoint by mutual TLS. */
function reachesServer({ sends, authorization }: WalkBranch): boolean {
  return (
    sends === 'mtls' &&
    authorization?.hops.at(-1)?.by.startsWith('waypoint') !== true
  );
}
