import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { parseBlock } from '../addressBlocks';
import { compare } from '../age';
import { assumedConfig } from '../controlPlaneConfig';
import { contains } from '../networks';
import { EgressNetwork, LinkerdNetworkRange } from '../objects';
import { isAcceptedNetwork } from '../status/egressNetworkStatus';

const EGRESS_NETWORK = 'policy.linkerd.io/EgressNetwork';

interface Match {
  network: EgressNetwork;
  /** How many addresses the network has that matches. */
  size: bigint;
}

/**
 * The EgressNetwork that an address outside the cluster belongs to, for clients of a namespace. As soon as that
 * namespace has EgressNetworks that are accepted, only those count, else those of the namespace that the control plane
 * names. The
 * one with the smallest network wins, then the oldest one, then the first by name. One that names no networks
 * has all addresses but those of the cluster.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/egress_network.rs, `resolve_egress_network`.
 *
 * @public
 */
export function egressNetworkOf(
  snapshot: MeshSnapshot,
  address: string,
  clientNamespace: string,
): EgressNetwork | undefined {
  const { config } = assumedConfig(snapshot);
  const [best] = candidates(
    snapshot,
    clientNamespace,
    config.globalEgressNamespace,
  )
    .flatMap((network): Match[] => {
      const ranges =
        network.spec.networks ?? everywhereBut(config.clusterNetworks);
      const [size] = ranges
        .filter(range => includes(range, address))
        .map(sizeOf)
        .sort(ascending);
      return size === undefined ? [] : [{ network, size }];
    })
    .sort(bySizeThenAge);
  return best?.network;
}

/** Whether an address is one of the cluster's own networks. */
export function isInClusterNetworks(
  snapshot: MeshSnapshot,
  address: string,
): boolean {
  const { clusterNetworks } = assumedConfig(snapshot).config;
  return clusterNetworks.some(network => contains([network], address));
}

function candidates(
  snapshot: MeshSnapshot,
  clientNamespace: string,
  globalNamespace: string,
): EgressNetwork[] {
  const own = networksIn(snapshot, clientNamespace);
  return own.length > 0 ? own : networksIn(snapshot, globalNamespace);
}

/** One that overlaps the networks of the cluster is not accepted, and not there for clients. */
function networksIn(
  snapshot: MeshSnapshot,
  namespace: string,
): EgressNetwork[] {
  return [...snapshot.bucket(EGRESS_NETWORK, namespace).values()].filter(
    network => isAcceptedNetwork(snapshot, network),
  );
}

function everywhereBut(
  clusterNetworks: readonly string[],
): LinkerdNetworkRange[] {
  const isV6 = (network: string) => network.includes(':');
  return [
    {
      cidr: '0.0.0.0/0',
      except: clusterNetworks.filter(network => !isV6(network)),
    },
    { cidr: '::/0', except: clusterNetworks.filter(isV6) },
  ];
}

function includes(
  { cidr, except = [] }: LinkerdNetworkRange,
  address: string,
): boolean {
  return (
    Boolean(contains([cidr], address)) &&
    !except.some(range => contains([range], address))
  );
}

const COUNTED_BITS = 64;

/**
 * The addresses of a range, without those that are left out. The controller counts them in 64 bits, and what does not fit
 * is lost: the blocks of IPv6 up to a /64 have none, and a range of which more is left out than it has is a large one.
 *
 * Upstream: policy-controller/k8s/api/src/policy/network.rs, `block_size`; `count` of the ranges of the crate `ipnet`.
 */
function sizeOf({ cidr, except = [] }: LinkerdNetworkRange): bigint {
  const size = except.reduce(
    (left, range) => left - blockSize(range),
    blockSize(cidr),
  );
  return BigInt.asUintN(COUNTED_BITS, size);
}

/**
 * The addresses of a block that are hosts: IPv4 keeps the first and the last one of a block for itself. What is no
 * block has none.
 */
function blockSize(text: string): bigint {
  const block = parseBlock(text);
  if (!block) {
    return 0n;
  }
  const [address, prefix] = block;
  const bits = (address.kind() === 'ipv4' ? 32 : 128) - prefix;
  const size = 1n << BigInt(bits);
  return address.kind() === 'ipv4' && bits > 1 ? size - 2n : size;
}

function ascending(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function bySizeThenAge(a: Match, b: Match): number {
  return (
    ascending(a.size, b.size) ||
    compare(ageOf(a), ageOf(b)) ||
    compare(namespaceOf(a.network), namespaceOf(b.network)) ||
    compare(a.network.metadata.name, b.network.metadata.name)
  );
}

/** Unlike routes, a network without an age counts as older than any that has one. */
function ageOf({ network }: Match): string {
  return network.metadata.creationTimestamp ?? '';
}
