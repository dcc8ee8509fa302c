import { Cause, Reason } from '../../contract/common';
import { because } from '../../mesh/answers';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { EndpointSource } from '../cluster/ServiceEndpoint';
import { ClusterClient } from '../cluster/target';
import { writtenWorkload } from '../cluster/workloadEntries';
import { istiodSetting } from '../controlPlane';
import {
  gatewayName,
  NetworkGateway,
  networkGateways,
} from '../networks/gateways';
import { networkOf, Placed } from '../networks/networkOf';
import { NetworkClient, proxyNetwork } from '../networks/proxyNetwork';
import type { WalkEndpoint } from './endpoints';
import { meshPeers } from '../clustersOfMesh';

const RULE = 'istio/networks';

/** By what an endpoint on another network is reached, or why it is not, or why that is not known. */
export type NetworkReach =
  | { through: Reason }
  | { unreachable: Reason }
  | { unknown: Reason; cause?: Cause };

/**
 * An endpoint on another network than the client's, where this one has gateways, is reached through them alone: they
 * find it by the server name of mutual TLS, so that proxies are not given an endpoint to which they would send anything
 * else. That is so for pods in ambient mode too, which proxies reach by HBONE only directly. Without gateways, or where a
 * network is not named, it counts as reachable directly. Waypoints, where networks are on for ambient mode, come through
 * by HBONE within HBONE, and reach nothing on a network without such a gateway. Undefined: it is reached directly.
 *
 * Upstream: pilot/pkg/xds/endpoints/ep_filters.go, `EndpointsByNetworkFilter`; endpoint_builder.go,
 * `buildEnvoyLbEndpoint` and mtls_checker.go, `checkMtlsEnabled`, by which a pod without the injector's label has no mutual
 * TLS.
 */
export function networkReach(
  snapshot: MeshSnapshot,
  endpoint: WalkEndpoint,
  client: ClusterClient & NetworkClient,
  { tunnelled }: { tunnelled: boolean },
): NetworkReach | undefined {
  const { source, cluster } = endpoint;
  const place =
    cluster === undefined
      ? snapshot
      : meshPeers(snapshot).find(peer => peer.cluster === cluster);
  if (!place || !source) {
    return undefined;
  }
  const own = proxyNetwork(snapshot, client);
  const network = networkOf(snapshot, place, placedOf(source));
  const malformed = [own, network].find(one => typeof one === 'object');
  if (typeof malformed === 'object') {
    return cluster === undefined && source.kind === 'Pod'
      ? undefined
      : {
          cause: 'malformed',
          unknown: because(
            RULE,
            `The networks of the mesh cannot be read (${malformed.problem}), so that it is not known whether the endpoint is on another one`,
            {
              snapshot,
              kind: 'ConfigMap',
              object: malformed.configMap,
              field: 'data.meshNetworks',
            },
          ),
        };
  }
  if (
    typeof own !== 'string' ||
    typeof network !== 'string' ||
    own === network
  ) {
    return undefined;
  }
  const gateways = networkGateways(snapshot, network);
  const where = `on the network ${network}, and the client on ${own}`;
  return isAmbientWaypoint(snapshot, client)
    ? byHbone(snapshot, gateways, where)
    : byMutualTls(snapshot, gateways, where, endpoint, tunnelled);
}

/** What says where an endpoint is: of one that is written, its own fields. */
function placedOf(source: EndpointSource): Placed {
  if (source.kind === 'Pod') {
    const { metadata, status } = source.object;
    return {
      labels: metadata.labels,
      ...(status?.podIP && { address: status.podIP }),
    };
  }
  const found = writtenWorkload(source);
  const { network, address } = found?.written ?? {};
  return {
    labels: found?.labels ?? {},
    ...(network && { network }),
    ...(address && { address }),
  };
}

function byMutualTls(
  snapshot: MeshSnapshot,
  gateways: readonly NetworkGateway[],
  where: string,
  { added }: WalkEndpoint,
  tunnelled: boolean,
): NetworkReach | undefined {
  const gateway = gateways.find(({ port }) => port !== undefined);
  if (!gateway) {
    return undefined;
  }
  const name = nameOf(gateway);
  if (tunnelled) {
    return {
      unreachable: reasonOf(
        snapshot,
        gateway,
        `An endpoint is ${where}: it is in ambient mode, and ${name} passes on mutual TLS of sidecars alone, so that the client's proxy is not given the endpoint`,
      ),
    };
  }
  switch (added.tls) {
    case 'mesh':
      return {
        through: reasonOf(
          snapshot,
          gateway,
          `The endpoint is ${where}: the connection goes through ${name}, which passes mutual TLS on`,
        ),
      };
    case 'unknown':
      return {
        unknown: reasonOf(
          snapshot,
          gateway,
          `An endpoint is ${where}: it is reached through ${name} by mutual TLS alone, and it is not known whether the client sends that`,
        ),
      };
    default:
      return {
        unreachable: reasonOf(
          snapshot,
          gateway,
          `An endpoint is ${where}: it is reached through ${name} by mutual TLS alone, which the client does not send, so that its proxy is not given the endpoint`,
        ),
      };
  }
}

function byHbone(
  snapshot: MeshSnapshot,
  gateways: readonly NetworkGateway[],
  where: string,
): NetworkReach {
  const isOn =
    istiodSetting(snapshot, 'AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT') !==
    'false';
  const gateway = gateways.find(({ hbonePort }) => hbonePort !== undefined);
  if (!isOn || !gateway) {
    return {
      unreachable: {
        rule: RULE,
        text: `An endpoint is ${where}: the waypoint is not given it, since ${
          isOn
            ? 'no gateway of that network takes HBONE'
            : 'AMBIENT_ENABLE_MULTI_NETWORK_WAYPOINT keeps waypoints to their own'
        }`,
      },
    };
  }
  return {
    through: reasonOf(
      snapshot,
      gateway,
      `The endpoint is ${where}: the waypoint comes to it through ${nameOf(
        gateway,
        true,
      )}, by HBONE within HBONE`,
    ),
  };
}

function isAmbientWaypoint(
  snapshot: MeshSnapshot,
  { proxy }: ClusterClient,
): boolean {
  return (
    proxy === 'waypoint' &&
    istiodSetting(snapshot, 'AMBIENT_ENABLE_MULTI_NETWORK') === 'true'
  );
}

function nameOf(gateway: NetworkGateway, hbone = false): string {
  const name = gatewayName(gateway, hbone);
  return gateway.by ? `${name} of the cluster ${gateway.cluster}` : name;
}

function reasonOf(
  snapshot: MeshSnapshot,
  { by, cluster }: NetworkGateway,
  text: string,
): Reason {
  return because(
    RULE,
    text,
    by && {
      snapshot,
      cluster,
      kind: by.kind,
      object: by.object,
      field: by.field,
    },
  );
}
