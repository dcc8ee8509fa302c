import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodSetting } from '../controlPlane';
import { meshConfig } from '../meshConfig';
import { MeshNetworks, meshNetworks } from './meshNetworks';

export const NETWORK_LABEL = 'topology.istio.io/network';

/** What a control plane knows of networks. */
export interface Topology {
  /** The network that the label of the root namespace names, of whatever on the cluster names none. */
  network: string | undefined;
  /** The name by which its istiod, and with it the settings of the mesh, know the cluster. */
  registry: string;
  written: MeshNetworks;
}

const NONE: MeshNetworks = { state: 'read', networks: new Map() };

const question = defineQuestion(
  (snapshot): Topology => {
    const mesh = meshConfig(snapshot);
    const config = mesh.state === 'read' ? mesh.config : undefined;
    const root =
      config && snapshot.get('Namespace', undefined, config.rootNamespace);
    return {
      network: root?.metadata.labels[NETWORK_LABEL] || undefined,
      registry: istiodSetting(snapshot, 'CLUSTER_ID') || snapshot.cluster,
      written: config ? meshNetworks(config) : NONE,
    };
  },
  (a, b) =>
    a.network === b.network &&
    a.registry === b.registry &&
    a.written === b.written,
);

/** What the control plane of a cluster knows of networks, found once for each snapshot. */
export function topologyOf(snapshot: MeshSnapshot): Topology {
  return question(snapshot, '');
}
