import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { matchesBlock } from '../authorization/addresses';
import { MeshNetworks } from './meshNetworks';
import { NETWORK_LABEL, topologyOf } from './topology';

/** A workload, as far as it says where it is. */
export interface Placed {
  /** The `network` of a WorkloadEntry, or of an endpoint that is written into a ServiceEntry. */
  network?: string;
  labels: Readonly<Record<string, string>>;
  address?: string;
}

/**
 * The network that a workload is on: the one that it names, else that of its cluster, which the label of the root
 * namespace names, else the one that the mesh's settings put its cluster, or else its address, on. Undefined: none is
 * named, and then it counts as reachable from everywhere. The settings are those of the control plane that asks; where they
 * cannot be read and would decide, that is said.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/network.go, `Network`, `reloadMeshNetworks`;
 * serviceentry/conversion.go, `workloadEntryNetwork`.
 */
export function networkOf(
  asking: MeshSnapshot,
  place: MeshSnapshot,
  { network, labels, address }: Placed,
): string | undefined | Extract<MeshNetworks, { state: 'malformed' }> {
  const named =
    network || labels[NETWORK_LABEL] || topologyOf(place).network || undefined;
  if (named !== undefined) {
    return named;
  }
  const { written } = topologyOf(asking);
  return written.state === 'malformed'
    ? written
    : byRegistry(written, topologyOf(place).registry) ??
        byAddress(written, address);
}

type Read = Extract<MeshNetworks, { state: 'read' }>;

function byRegistry({ networks }: Read, registry: string): string | undefined {
  return [...networks].find(([, { endpoints }]) =>
    endpoints.some(({ fromRegistry }) => fromRegistry === registry),
  )?.[0];
}

function byAddress(
  { networks }: Read,
  address: string | undefined,
): string | undefined {
  return [...networks].find(([, { endpoints }]) =>
    endpoints.some(
      ({ fromCidr }) =>
        fromCidr !== undefined && matchesBlock(address, fromCidr) === true,
    ),
  )?.[0];
}
