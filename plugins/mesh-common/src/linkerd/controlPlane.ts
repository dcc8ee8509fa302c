import { ClusterMesh } from '../contract/fleet';
import { isReady } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { ControlPlaneConfig, controlPlaneConfig } from './controlPlaneConfig';
import { proxyOf, proxyVersion } from './proxy';

const DESTINATION = 'linkerd-destination';

/** Linkerd on a cluster; undefined where there is neither a control plane nor a proxy of it. */
export function clusterMesh(snapshot: MeshSnapshot): ClusterMesh | undefined {
  const read = controlPlaneConfig(snapshot);
  const config =
    read.state === 'read' && read.config.configMap ? read.config : undefined;
  const proxies = proxiesByVersion(snapshot);
  if (!config && proxies.length === 0) {
    return undefined;
  }
  return {
    mesh: 'linkerd',
    title: 'Linkerd',
    controlPlanes: config ? [controlPlane(snapshot, config)] : [],
    ...(config && { trustDomain: config.trustDomain }),
    proxies,
  };
}

/** The control plane, by the component that proxies cannot do without: the destination controller. */
function controlPlane(
  snapshot: MeshSnapshot,
  { namespace, version }: ControlPlaneConfig,
): ClusterMesh['controlPlanes'][number] {
  const deployment = snapshot.get('apps/Deployment', namespace, DESTINATION);
  const pods = podsWithLabels(snapshot, namespace, {
    'linkerd.io/control-plane-component': 'destination',
  });
  return {
    ...(version && { version }),
    namespace,
    ready: deployment?.status?.readyReplicas ?? pods.filter(isReady).length,
    replicas: deployment?.spec.replicas ?? pods.length,
  };
}

function proxiesByVersion(snapshot: MeshSnapshot): ClusterMesh['proxies'] {
  const pods = new Map<string, number>();
  for (const pod of snapshot.list('Pod')) {
    const ended =
      pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
    if (!ended && proxyOf(pod)) {
      const version = proxyVersion(pod) ?? 'unknown';
      pods.set(version, (pods.get(version) ?? 0) + 1);
    }
  }
  return [...pods]
    .map(([version, count]) => ({ version, pods: count }))
    .sort((a, b) => b.pods - a.pods || a.version.localeCompare(b.version));
}
