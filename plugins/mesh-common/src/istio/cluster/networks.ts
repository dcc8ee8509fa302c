import { Service } from '../../kubernetes/core';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { addTo } from '../../snapshot/addTo';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { meshConfig } from '../meshConfig';

const NETWORK_LABEL = 'topology.istio.io/network';
const PORT_LABEL = 'networking.istio.io/gatewayPort';
const DEFAULT_PORT = 15443;

/** A gateway by which a network is entered. */
export interface NetworkGateway {
  cluster: string;
  service: Service;
  port: number;
}

/**
 * The network that a workload is on: the one that its label names, else that of its cluster, which the label of the root
 * namespace names. Undefined: none is named, and then everything counts as reachable.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/network.go, `Network`.
 */
export function networkOf(
  snapshot: MeshSnapshot,
  labels: Readonly<Record<string, string>>,
): string | undefined {
  const own = labels[NETWORK_LABEL];
  if (own) {
    return own;
  }
  const mesh = meshConfig(snapshot);
  const root =
    mesh.state === 'read'
      ? snapshot.get('Namespace', undefined, mesh.config.rootNamespace)
      : undefined;
  return root?.metadata.labels[NETWORK_LABEL] || undefined;
}

const gatewayServices = defineClusterIndex(
  'Service',
  services => services.filter(({ metadata }) => networkNamed(metadata)),
  parts => {
    const byNetwork = new Map<string, Service[]>();
    for (const service of parts.flat()) {
      addTo(byNetwork, networkNamed(service.metadata) ?? '', service);
    }
    return byNetwork;
  },
);

/**
 * The gateways of a network, on whatever cluster of the mesh: the Services that its label names.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/network.go, `extractGatewaysFromService`, `getGatewayDetails`.
 */
export function networkGateways(
  snapshot: MeshSnapshot,
  network: string,
): NetworkGateway[] {
  return [snapshot, ...snapshot.peers()].flatMap(one =>
    (gatewayServices(one).get(network) ?? []).map(service => ({
      cluster: one.cluster,
      service,
      port: Number(service.metadata.labels[PORT_LABEL]) || DEFAULT_PORT,
    })),
  );
}

/** `Service istio-system/east-west, port 15443`. */
export function gatewayName({ service, port }: NetworkGateway): string {
  return `Service ${namespaceOf(service)}/${
    service.metadata.name
  }, port ${port}`;
}

function networkNamed({
  labels,
}: KubernetesObject['metadata']): string | undefined {
  return labels[NETWORK_LABEL] || undefined;
}
