import { Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { gatewayName, networkGateways, networkOf } from '../cluster/networks';
import { ClusterClient } from '../cluster/target';
import { WalkEndpoint } from './endpoints';

const RULE = 'istio/networks';

/** By what an endpoint on another network is reached, or why it is not. */
export type NetworkReach = { through: Reason } | { unreachable: Reason };

/**
 * An endpoint on another network than the client's, where this one has gateways, is reached through them alone: they
 * find it by the server name of mutual TLS, so that proxies are not given an endpoint to which they would send anything
 * else. Without gateways, or where a network is not named, it counts as reachable directly. Undefined: it is. Whether a
 * gateway has an address from outside is not read.
 *
 * Upstream: pilot/pkg/xds/endpoints/ep_filters.go, `EndpointsByNetworkFilter`.
 */
export function networkReach(
  snapshot: MeshSnapshot,
  { source, cluster, added }: WalkEndpoint,
  client: ClusterClient,
): NetworkReach | undefined {
  const place =
    cluster === undefined
      ? snapshot
      : snapshot.peers().find(peer => peer.cluster === cluster);
  const own = networkOf(snapshot, client.labels ?? {});
  const network =
    place && source && networkOf(place, source.object.metadata.labels);
  if (!own || !network || own === network) {
    return undefined;
  }
  const [gateway] = networkGateways(snapshot, network);
  if (!gateway) {
    return undefined;
  }
  const reason = (text: string): Reason =>
    because(RULE, text, {
      snapshot,
      cluster: gateway.cluster,
      kind: 'Service',
      object: gateway.service,
      field: 'metadata.labels',
    });
  const where = `the network ${network}, and the client on ${own}`;
  return added.tls === 'mesh' || added.tls === 'unknown'
    ? {
        through: reason(
          `The endpoint is on ${where}: the connection goes through ${gatewayName(
            gateway,
          )} of the cluster ${gateway.cluster}, which passes mutual TLS on`,
        ),
      }
    : {
        unreachable: reason(
          `An endpoint is on ${where}: it is reached through ${gatewayName(
            gateway,
          )} of the cluster ${
            gateway.cluster
          } by mutual TLS alone, which the client does not send, so that its proxy is not given the endpoint`,
        ),
      };
}
