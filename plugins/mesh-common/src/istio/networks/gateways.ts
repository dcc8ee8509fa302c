import { GatewayApiGateway } from '../../gateway-api/objects';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject, namespaceOf } from '../../kubernetes/objects';
import { Service } from '../../kubernetes/core';
import { addTo } from '../../snapshot/addTo';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { serviceHost } from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { NETWORK_LABEL, topologyOf } from './topology';
import { meshPeers } from '../clustersOfMesh';

const PORT_LABEL = 'networking.istio.io/gatewayPort';
const DEFAULT_PORT = 15443;
const HBONE_PORT = 15008;
const LISTENER_MODE = 'gateway.istio.io/listener-protocol';

/** A gateway by which a network is entered. */
export interface NetworkGateway {
  /** Where it is written. */
  cluster: string;
  /** Absent: the settings of the mesh name its address. */
  by?: { kind: KindId; object: KubernetesObject; field: string };
  address?: string;
  /** Where it takes mutual TLS and finds the way by its server name. Absent: it does not. */
  port?: number;
  /** Where it takes HBONE, of waypoints. */
  hbonePort?: number;
}

/** Those that the objects of one cluster make, by network. */
const written = defineClusterIndex(
  'Service',
  services => services.filter(({ metadata }) => labelOf(metadata)),
  parts => {
    const byNetwork = new Map<string, Service[]>();
    for (const service of parts.flat()) {
      addTo(byNetwork, labelOf(service.metadata) ?? '', service);
    }
    return byNetwork;
  },
);

const resources = defineClusterIndex(
  'gateway.networking.k8s.io/Gateway',
  gateways => gateways.filter(({ metadata }) => labelOf(metadata)),
  parts => {
    const byNetwork = new Map<string, GatewayApiGateway[]>();
    for (const gateway of parts.flat()) {
      addTo(byNetwork, labelOf(gateway.metadata) ?? '', gateway);
    }
    return byNetwork;
  },
);

const question = defineQuestion(
  (snapshot, network): NetworkGateway[] => [
    ...[snapshot, ...meshPeers(snapshot)].flatMap(one => [
      ...(written(one).get(network) ?? []).flatMap(service =>
        ofLabelledService(one.cluster, service),
      ),
      ...(resources(one).get(network) ?? []).flatMap(gateway =>
        ofGateway(one.cluster, gateway),
      ),
    ]),
    ...ofSettings(snapshot, network),
  ],
  (a, b) => JSON.stringify(a.map(textOf)) === JSON.stringify(b.map(textOf)),
);

/**
 * The gateways of a network, on whatever cluster of the mesh: the Services and Gateways that its label names, and those
 * that the mesh's settings do, by an address or as a Service of a cluster that is on the network. Whether a Service has an
 * address from outside is not read.
 *
 * Upstream: pilot/pkg/serviceregistry/kube/controller/network.go, `getGatewayDetails`, `handleGatewayResource`;
 * pilot/pkg/model/network.go, `NewNetworkManager`.
 */
export function networkGateways(
  snapshot: MeshSnapshot,
  network: string,
): readonly NetworkGateway[] {
  return question(snapshot, network);
}

/** `Service istio-system/east-west, port 15443`. */
export function gatewayName(
  { by, address, port, hbonePort }: NetworkGateway,
  hbone = false,
): string {
  const kind = by?.kind.replace(/^.*\//, '');
  const name = by
    ? `${kind} ${namespaceOf(by.object)}/${by.object.metadata.name}`
    : `the gateway ${address}`;
  return `${name}, port ${hbone ? hbonePort : port}`;
}

/** A Service that listens neither for mutual TLS nor for HBONE is no gateway. */
function ofLabelledService(cluster: string, object: Service): NetworkGateway[] {
  const port = Number(object.metadata.labels[PORT_LABEL]) || DEFAULT_PORT;
  const has = (wanted: number) =>
    object.spec.ports.some(one => one.port === wanted);
  return has(port) || has(HBONE_PORT)
    ? [
        {
          cluster,
          by: { kind: 'Service', object, field: 'metadata.labels' },
          ...(has(port) && { port }),
          ...(has(HBONE_PORT) && { hbonePort: HBONE_PORT }),
        },
      ]
    : [];
}

/** A Gateway with an address: its listeners that pass TLS on by its server name, and those for HBONE. */
function ofGateway(
  cluster: string,
  object: GatewayApiGateway,
): NetworkGateway[] {
  const { addresses = [], listeners = [] } = object.spec ?? {};
  const address = addresses.find(({ value }) => value)?.value;
  const by = {
    kind: 'gateway.networking.k8s.io/Gateway' as const,
    object,
    field: 'spec.listeners',
  };
  if (address === undefined) {
    return [];
  }
  const wanted = object.metadata.labels[PORT_LABEL] ?? String(DEFAULT_PORT);
  return listeners.flatMap(({ port, protocol, tls }): NetworkGateway[] => {
    if (protocol === 'HBONE') {
      return [{ cluster, by, address, hbonePort: port }];
    }
    const passes =
      tls !== undefined &&
      (tls.options?.[LISTENER_MODE] === 'auto-passthrough' ||
        String(port) === wanted);
    return passes ? [{ cluster, by, address, port }] : [];
  });
}

function ofSettings(snapshot: MeshSnapshot, network: string): NetworkGateway[] {
  const topology = topologyOf(snapshot);
  const named =
    topology.written.state === 'read'
      ? topology.written.networks.get(network)
      : undefined;
  return (named?.gateways ?? []).flatMap(
    ({
      address,
      registryServiceName,
      port = DEFAULT_PORT,
    }): NetworkGateway[] => {
      if (address) {
        return [{ cluster: snapshot.cluster, address, port }];
      }
      return [snapshot, ...meshPeers(snapshot)]
        .filter(one =>
          named?.endpoints.some(
            ({ fromRegistry }) => fromRegistry === topologyOf(one).registry,
          ),
        )
        .flatMap((one): NetworkGateway[] => {
          const object = serviceNamed(one, registryServiceName);
          return object
            ? [
                {
                  cluster: one.cluster,
                  by: { kind: 'Service', object, field: 'spec.ports' },
                  port,
                },
              ]
            : [];
        });
    },
  );
}

function serviceNamed(
  snapshot: MeshSnapshot,
  host: string | undefined,
): Service | undefined {
  const [name, namespace] = host?.split('.') ?? [];
  return name &&
    namespace &&
    serviceHost({ name, namespace }, clusterDomain(snapshot)) === host
    ? snapshot.get('Service', namespace, name)
    : undefined;
}

function labelOf({ labels }: KubernetesObject['metadata']): string | undefined {
  return labels[NETWORK_LABEL] || undefined;
}

/** Everything about a gateway that answers are made of. */
function textOf({ by, ...gateway }: NetworkGateway) {
  return [
    gateway,
    by?.kind,
    by?.object.metadata.namespace,
    by?.object.metadata.name,
  ];
}
