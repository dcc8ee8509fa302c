import { conditionOf } from '../../gateway-api/references';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AddressBlock, blockIncludes, parseBlock } from '../addressBlocks';
import { assumedConfig } from '../controlPlaneConfig';
import { EgressNetwork, LinkerdNetworkRange } from '../objects';
import { ACCEPTED, LinkerdStatusCondition, notAccepted } from './conditions';

/**
 * What the controller says of an EgressNetwork: it is accepted unless its networks overlap those of the cluster. Without
 * networks it is everything outside the cluster. Of one whose networks cannot be read it says nothing.
 *
 * Upstream: policy-controller/k8s/status/src/index.rs, `network_condition`; k8s/api/src/policy/network.rs.
 *
 * @public
 */
export function egressNetworkStatus(
  snapshot: MeshSnapshot,
  { spec }: EgressNetwork,
): LinkerdStatusCondition | undefined {
  if (!spec.networks) {
    return ACCEPTED;
  }
  const clusterNetworks = assumedConfig(snapshot).config.clusterNetworks;
  for (const range of spec.networks) {
    const blocks = parseRange(range);
    if (!blocks) {
      return undefined;
    }
    const overlapped = clusterNetworks.find(network => {
      const block = parseBlock(network);
      return block && overlaps(blocks, block);
    });
    if (overlapped) {
      return notAccepted(
        'EgressReasonNetworkOverlap',
        `${range.cidr} overlaps ${overlapped}, a network of the cluster`,
        'networks overlap with clusterNetworks',
      );
    }
  }
  return ACCEPTED;
}

/** Whether an EgressNetwork is accepted, as it is written; over files that do not say so, as it would be. */
export function isAcceptedNetwork(
  snapshot: MeshSnapshot,
  network: EgressNetwork,
): boolean {
  const written = conditionOf(network.status, 'Accepted');
  const condition =
    written ??
    (snapshot.origin === 'files'
      ? egressNetworkStatus(snapshot, network)
      : undefined);
  return condition?.status === 'True';
}

interface Blocks {
  block: AddressBlock;
  except: AddressBlock[];
}

function parseRange({
  cidr,
  except = [],
}: LinkerdNetworkRange): Blocks | undefined {
  const block = parseBlock(cidr);
  const exceptions = except.map(parseBlock);
  return block && exceptions.every(parsed => parsed !== undefined)
    ? { block, except: exceptions }
    : undefined;
}

/** An exception helps only where it takes out the whole network of the cluster. */
function overlaps({ block, except }: Blocks, cluster: AddressBlock): boolean {
  return (
    (blockIncludes(block, cluster) || blockIncludes(cluster, block)) &&
    !except.some(exception => blockIncludes(exception, cluster))
  );
}
