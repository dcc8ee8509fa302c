import { defineQuestion } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isSubsetOf, isWildcard, mostSpecific, serviceHost } from './hosts';
import { clusterDomain } from './injectorConfig';
import { meshConfig } from './meshConfig';
import { Settings } from './meshSettings';

/** Hosts that are each cluster's own, unless the mesh's settings say otherwise, without the domain. */
const DEFAULTS = ['*.kube-system.svc', 'kubernetes.default.svc'];

const NO_SETTINGS: Pick<Settings, 'serviceSettings'> = {};

/** What is said of hosts, which hundreds of Services are compared with. */
const localHosts = defineQuestion<ReadonlyMap<string, boolean>>(
  snapshot => {
    const domain = clusterDomain(snapshot);
    const mesh = meshConfig(snapshot);
    const { serviceSettings = [] } =
      mesh.state === 'read' ? mesh.config : NO_SETTINGS;
    const written = serviceSettings.flatMap(({ settings, hosts }) =>
      hosts.map(host => [host, settings?.clusterLocal ?? false] as const),
    );
    const defaults = DEFAULTS.map(host => `${host}.${domain}`).filter(
      host => !written.some(([other, local]) => !local && isOf(other, host)),
    );
    return new Map([
      ...written,
      ...defaults.map(host => [host, true] as const),
    ]);
  },
  (a, b) => JSON.stringify([...a]) === JSON.stringify([...b]),
);

/**
 * Whether a Service is each cluster's own, although the mesh spans several: those of the control plane of Kubernetes, and those
 * that `serviceSettings` of the mesh say it of, where the most specific host counts. A host that they say `clusterLocal: false`
 * of takes the default away that it is of, as a whole.
 *
 * Upstream: pilot/pkg/model/cluster_local.go, `onMeshUpdated`, `IsClusterLocal`.
 */
export function isClusterLocal(
  snapshot: MeshSnapshot,
  service: { namespace: string; name: string },
): boolean {
  const host = serviceHost(service, clusterDomain(snapshot));
  return mostSpecific(host, localHosts(snapshot, ''))?.value ?? false;
}

function isOf(host: string, whole: string): boolean {
  return host === whole || (isWildcard(whole) && isSubsetOf(host, whole));
}
