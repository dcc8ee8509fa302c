import { Answer } from '../contract/common';
import { Sends } from '../contract/mtls';
import { SendingClient, SendingDestination } from '../mesh/MeshAdapter';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isTunnelled, sent } from './capability';
import { isWaypoint, podReason } from './pods';
import { sidecarSends } from './sidecarSends';

const RULE = 'istio/sends';
const TUNNEL_LABEL = 'networking.istio.io/tunnel';

/** What a client in the mesh sends to a port of a pod, as far as the client's side decides. */
export function sends(
  snapshot: MeshSnapshot,
  client: SendingClient,
  destination: SendingDestination,
): Answer<Sends> {
  if (isWaypoint(destination.pod)) {
    return sent('mtls', [
      {
        rule: RULE,
        text: 'A waypoint is reached by HBONE, which is mutual TLS',
      },
    ]);
  }
  if (client.mode === 'ambient' || client.mode === 'waypoint') {
    return tunnelSends(snapshot, destination);
  }
  if (isTunnelled(snapshot, destination.pod)) {
    return sent('mtls', [
      {
        rule: RULE,
        text: "The pod is in ambient mode: the client's proxy reaches it by HBONE, which is mutual TLS",
      },
    ]);
  }
  return sidecarSends(snapshot, client, destination);
}

/**
 * A ztunnel (and a waypoint) sends HBONE to what takes it: pods in ambient mode, and sidecars that are told
 * to. To all others it passes the connection on as it is.
 *
 * Upstream: pilot/pkg/serviceregistry/ambient/workloads.go, `setTunnelProtocol`.
 */
function tunnelSends(
  snapshot: MeshSnapshot,
  { pod }: SendingDestination,
): Answer<Sends> {
  if (isTunnelled(snapshot, pod)) {
    return sent('mtls', [
      {
        rule: RULE,
        text: 'The pod is in ambient mode: ztunnels speak HBONE, which is mutual TLS',
      },
    ]);
  }
  const takesTunnel = (pod.metadata.labels[TUNNEL_LABEL] ?? '')
    .split(',')
    .includes('http');
  return sent(takesTunnel ? 'mtls' : 'plaintext', [
    podReason(
      snapshot,
      pod,
      RULE,
      takesTunnel
        ? `The label ${TUNNEL_LABEL} says that the sidecar takes HBONE`
        : `The pod is not in ambient mode and has no label ${TUNNEL_LABEL}=http, so the client's ztunnel sends it plaintext`,
      'metadata.labels',
    ),
  ]);
}
