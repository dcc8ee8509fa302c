import { GatewayApiGateway } from '../../gateway-api/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { formatIdentity, trustDomainOf } from '../identity';
import { waypointAccount, waypointPod } from '../waypoint';
import { WalkClient } from './client';

/** A waypoint as the client of what is behind it. */
export function waypointClient(
  snapshot: MeshSnapshot,
  gateway: GatewayApiGateway,
): WalkClient {
  const namespace = namespaceOf(gateway);
  const pod = waypointPod(snapshot, gateway);
  const trustDomain = trustDomainOf(snapshot);
  return {
    name: `waypoint ${namespace}/${gateway.metadata.name}`,
    namespace,
    labels: pod?.metadata.labels ?? {},
    mode: 'ambient',
    ...(pod && { pod }),
    ...(trustDomain && {
      identity: formatIdentity({
        trustDomain,
        namespace,
        serviceAccount: waypointAccount(snapshot, gateway),
      }),
    }),
  };
}
