import { WorkloadRef } from '../../contract/common';
import { WalkBranch } from '../../contract/walk';
import {
  GATEWAY_NAME_LABEL,
  GatewayApiGateway,
} from '../../gateway-api/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { workloadOfPod } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { formatIdentity, trustDomainOf } from '../identity';
import { waypointAccount } from '../waypoint';

/**
 * What a waypoint on the way changes of a branch: it sends the request on over a connection of its own, so that the
 * server sees its identity, not the client's.
 *
 * Upstream: pilot/pkg/networking/core/waypoint.go and listener_waypoint.go (the waypoint's own HBONE clusters).
 */
export function passedWaypoint(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): <B extends WalkBranch>(branch: B) => B {
  const at = workloadOf(snapshot, gateway);
  const trustDomain = trustDomainOf(snapshot);
  const peerIdentity =
    trustDomain &&
    formatIdentity({
      trustDomain,
      namespace: namespaceOf(gateway),
      serviceAccount: waypointAccount(snapshot, gateway),
    });
  return branch => ({
    ...branch,
    via: [at],
    ...(peerIdentity && reachesServer(branch) && { peerIdentity }),
  });
}

/** The server's side was asked, and hears from the waypoint by mutual TLS. */
function reachesServer({ sends, authorization }: WalkBranch): boolean {
  return (
    sends === 'mtls' &&
    authorization?.hops.at(-1)?.by.startsWith('waypoint') !== true
  );
}

function workloadOf(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): WorkloadRef {
  const { name } = gateway.metadata;
  const namespace = namespaceOf(gateway);
  const [pod] = podsWithLabels(snapshot, namespace, {
    [GATEWAY_NAME_LABEL]: name,
  });
  return pod
    ? workloadOfPod(snapshot, pod).ref
    : { cluster: snapshot.cluster, namespace, kind: 'Gateway', name };
}
