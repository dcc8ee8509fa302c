import { namespaceOf } from '../../kubernetes/objects';
import { compare, isOlder } from '../../linkerd/age';
import { EgressNetwork } from '../../linkerd/objects';
import { isAcceptedNetwork } from '../../linkerd/status/egressNetworkStatus';
import { addTo } from '../../snapshot/addTo';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineCheck } from '../check';
import { fullNameOf, refOf } from '../naming';

const EGRESS_NETWORK = 'policy.linkerd.io/EgressNetwork';

/** The EgressNetworks of a namespace by each network that they have, the one that wins first. */
const byNetwork = defineIndex([EGRESS_NETWORK], ({ objects }) => {
  const index = new Map<string, EgressNetwork[]>();
  for (const network of [...objects(EGRESS_NETWORK)].sort(winnerFirst)) {
    for (const key of keysOf(network)) {
      addTo(index, key, network);
    }
  }
  return index;
});

/** Of two with the same network the older one wins, one without an age before all. */
function winnerFirst(a: EgressNetwork, b: EgressNetwork): number {
  return (
    compare(
      a.metadata.creationTimestamp ?? '',
      b.metadata.creationTimestamp ?? '',
    ) || compare(a.metadata.name, b.metadata.name)
  );
}

/** One without networks has everything outside the cluster. */
function keysOf({ spec }: EgressNetwork): string[] {
  return spec.networks
    ? spec.networks.map(({ cidr, except = [] }) =>
        [cidr, ...[...except].sort()].join(' '),
      )
    : ['everything outside the cluster'];
}

export const egressNetworkTwice = defineCheck({
  code: 'MESH-L0704',
  level: 'warning',
  title: 'Two EgressNetworks have the same network',
  explanation:
    'An address outside the cluster belongs to one EgressNetwork: the one with the smallest network that contains it, and of equal ones the oldest. The routes and the trafficPolicy of the other do not count for that network.',
  upstream:
    'policy-controller/k8s/index/src/outbound/index/egress_network.rs, resolve_egress_network (linkerd2)',
  mesh: 'linkerd',
  subject: EGRESS_NETWORK,
  needs: [],
  *run(network, snapshot) {
    const index = byNetwork(snapshot, namespaceOf(network));
    for (const [place, key] of keysOf(network).entries()) {
      const winner = (index.get(key) ?? []).find(one =>
        isAcceptedNetwork(snapshot, one),
      );
      if (
        winner &&
        winner.metadata.name !== network.metadata.name &&
        isAcceptedNetwork(snapshot, network)
      ) {
        yield {
          message: `${refOf(network)} has no effect for ${key}: ${fullNameOf(
            winner,
          )} has it too, and ${
            isOlder(winner, network) ? 'is older' : 'comes before it'
          }`,
          field: network.spec.networks
            ? `spec.networks[${place}].cidr`
            : 'spec',
        };
      }
    }
  },
});
