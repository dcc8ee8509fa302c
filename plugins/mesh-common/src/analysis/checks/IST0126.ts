import { ConfigMap, Secret } from '../../kubernetes/core';
import { istiodSetting } from '../../istio/controlPlane';
import { isMeshSettings } from '../../istio/meshConfig';
import { meshNetworks } from '../../istio/networks/meshNetworks';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';

const REMOTE_LABEL = 'istio/multiCluster';

/** Those that istiod has without any Secret. */
const BUILT_IN = ['Mock', 'Kubernetes', 'External'];

/** A network of the mesh's settings is of a cluster that istiod has no access to. Over files alone: Secrets are never read of a cluster. */
export const unknownNetworkCluster = defineCheck({
  code: 'IST0126',
  level: 'error',
  title: 'Network of a cluster that istiod does not know',
  explanation:
    'The settings of the networks name a cluster (fromRegistry) for which there is no Secret with the label istio/multiCluster=true, by which istiod would read it. No endpoint is on that network by this, so that what runs there is called directly and not through its gateway. Only files are checked: Secrets are never read of a cluster.',
  upstream: 'meshnetworks.MeshNetworksAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'ConfigMap',
  needs: ['Secret'],
  *run(configMap, snapshot) {
    if (!isMeshSettings(configMap)) {
      return;
    }
    const written = meshNetworks({ configMap });
    if (written.state !== 'read' || written.networks.size === 0) {
      return;
    }
    const known = knownClusters(snapshot);
    for (const [network, { endpoints }] of written.networks) {
      for (const { fromRegistry } of endpoints) {
        if (fromRegistry !== undefined && !known.has(fromRegistry)) {
          yield messageFor(configMap, network, fromRegistry);
        }
      }
    }
  },
});

function messageFor(configMap: ConfigMap, network: string, cluster: string) {
  return {
    message: `${refOf(
      configMap,
    )} puts the cluster ${cluster} on the network ${network}, and no Secret labelled ${REMOTE_LABEL}=true has the access to ${cluster}: add it (istioctl create-remote-secret --name=${cluster}), or correct the name`,
    field: 'data.meshNetworks',
  };
}

/** The clusters of Secrets, by which istiod reads them, and its own. */
function knownClusters(snapshot: MeshSnapshot): ReadonlySet<string> {
  const own = istiodSetting(snapshot, 'CLUSTER_ID');
  return new Set([
    ...BUILT_IN,
    ...(own ? [own] : []),
    ...[...snapshot.list('Secret')].filter(isRemote).flatMap(clustersOf),
  ]);
}

function isRemote({ metadata }: Secret): boolean {
  return metadata.labels[REMOTE_LABEL] === 'true';
}

function clustersOf({ data, stringData }: Secret): string[] {
  return Object.keys({ ...data, ...stringData });
}
