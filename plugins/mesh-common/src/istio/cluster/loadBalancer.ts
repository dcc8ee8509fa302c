import { Reason } from '../../contract/common';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshService } from '../meshServices';
import { PortTrafficPolicy } from '../objects';
import { Written, writtenReason } from '../trafficPolicy';
import { ClusterClient } from './target';

const RULE = 'istio/load-balancing';

type LoadBalancer = NonNullable<PortTrafficPolicy['loadBalancer']>;

/**
 * How a proxy comes to an endpoint of a cluster.
 *
 * @public
 */
export interface Balancing {
  /** endpoints: it knows them. dns: it looks them up. original-destination: the client has picked one. */
  resolution: MeshService['resolution'];
  /** `CLUSTER_PROVIDED`: none, the client has picked the endpoint. */
  loadBalancer:
    | 'LEAST_REQUEST'
    | 'ROUND_ROBIN'
    | 'RANDOM'
    | 'RING_HASH'
    | 'MAGLEV'
    | 'CLUSTER_PROVIDED';
  /** What of a request is hashed, in words. */
  hashes?: string;
  /** The DestinationRule leaves it to the client. */
  passthrough: boolean;
  reasons: Reason[];
}

/**
 * Endpoints are those of the service, or looked up; a sidecar leaves it to the client where the Service is
 * headless or the ServiceEntry has resolution NONE (a gateway's clients have picked none, so a gateway balances),
 * and any proxy does where the load balancer is PASSTHROUGH.
 *
 * Upstream: pilot/pkg/networking/core/cluster.go, `convertResolution`; cluster_traffic_policy.go,
 * `applyLoadBalancer`.
 */
export function balancingOf(
  snapshot: MeshSnapshot,
  service: MeshService,
  written: Written<LoadBalancer> | undefined,
  { proxy }: Pick<ClusterClient, 'proxy'>,
): Balancing {
  const passthrough = written?.value.simple === 'PASSTHROUGH';
  const original =
    service.resolution === 'original-destination' && proxy !== 'gateway';
  if (passthrough || original) {
    return {
      resolution: 'original-destination',
      loadBalancer: 'CLUSTER_PROVIDED',
      passthrough,
      reasons: [
        passthrough && written
          ? writtenReason(
              snapshot,
              written,
              'PASSTHROUGH: the connection goes to the address that the client has picked',
            )
          : {
              rule: RULE,
              text: `${service.host} has no address of its own: the connection goes to the one that the client has picked`,
            },
      ],
    };
  }
  const hash = written?.value.consistentHash;
  return {
    resolution: service.resolution === 'dns' ? 'dns' : 'endpoints',
    loadBalancer: algorithmOf(written?.value),
    ...(hash && { hashes: hashKey(hash) }),
    passthrough: false,
    reasons: [
      written
        ? writtenReason(snapshot, written, 'Load balancing as the rule says')
        : { rule: RULE, text: "Istio's default is LEAST_REQUEST" },
    ],
  };
}

function algorithmOf(
  written: LoadBalancer | undefined,
): Balancing['loadBalancer'] {
  if (written?.consistentHash) {
    return written.consistentHash.maglev === undefined ? 'RING_HASH' : 'MAGLEV';
  }
  switch (written?.simple) {
    case 'RANDOM':
    case 'ROUND_ROBIN':
      return written.simple;
    default:
      // UNSPECIFIED and the old LEAST_CONN are the default too.
      return 'LEAST_REQUEST';
  }
}

function hashKey(hash: NonNullable<LoadBalancer['consistentHash']>): string {
  if (hash.httpHeaderName) {
    return `header ${hash.httpHeaderName}`;
  }
  if (hash.httpCookie) {
    return `cookie ${hash.httpCookie.name}`;
  }
  return hash.httpQueryParameterName
    ? `query parameter ${hash.httpQueryParameterName}`
    : 'source IP';
}
