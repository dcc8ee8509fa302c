import { Service } from '../kubernetes/core';
import { defineIndex } from '../snapshot/defineIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isClusterLocal } from './clusterLocal';
import { hostsOfEntry, ofEntry } from './entryServices';
import { clusterDomain } from './injectorConfig';
import { inDomain } from './kubernetesServices';
import { MeshService } from './MeshService';
import { ServiceEntry } from './objects';
import { elsewhere } from './peerServices';
import { meshPeers } from './clustersOfMesh';

/** Services and ServiceEntries of a namespace by their ports. */
const portIndex = defineIndex(
  ['Service', 'networking.istio.io/ServiceEntry'],
  ({ objects }) => {
    const byPort = new Map<
      number,
      { services: Service[]; entries: ServiceEntry[] }
    >();
    const at = (port: number) => {
      const known = byPort.get(port) ?? { services: [], entries: [] };
      byPort.set(port, known);
      return known;
    };
    for (const service of objects('Service')) {
      for (const port of new Set(service.spec.ports.map(one => one.port))) {
        at(port).services.push(service);
      }
    }
    for (const entry of objects('networking.istio.io/ServiceEntry')) {
      for (const port of new Set(
        (entry.spec?.ports ?? []).map(({ number }) => number),
      )) {
        at(port).entries.push(entry);
      }
    }
    return byPort;
  },
);

const ofPeersByPort = defineQuestion<readonly MeshService[]>(
  (snapshot, port) => {
    const domain = clusterDomain(snapshot);
    const found = new Map<string, MeshService>();
    for (const peer of meshPeers(snapshot)) {
      for (const namespace of peer.namespacesOf('Service')) {
        const { services = [] } =
          portIndex(peer, namespace).get(Number(port)) ?? {};
        for (const service of services) {
          const { name } = service.metadata;
          const key = `${namespace}/${name}`;
          if (
            !found.has(key) &&
            !isClusterLocal(snapshot, { namespace, name }) &&
            !snapshot.get('Service', namespace, name)
          ) {
            found.set(key, elsewhere(service, domain, peer.cluster));
          }
        }
      }
    }
    return [...found.values()];
  },
  sameItems,
);

/** Every service that has a port, of all namespaces; also those that only other clusters of the mesh have. */
export function servicesWithPort(
  snapshot: MeshSnapshot,
  port: number,
): MeshService[] {
  return [
    ...ownServicesWithPort(snapshot, port),
    ...ofPeersByPort(snapshot, String(port)),
  ];
}

function ownServicesWithPort(
  snapshot: MeshSnapshot,
  port: number,
): MeshService[] {
  const namespaces = new Set([
    ...snapshot.namespacesOf('Service'),
    ...snapshot.namespacesOf('networking.istio.io/ServiceEntry'),
  ]);
  const domain = clusterDomain(snapshot);
  return [...namespaces].flatMap(namespace => {
    const found = portIndex(snapshot, namespace).get(port);
    return found
      ? [
          ...found.services.map(service => inDomain(service, domain)),
          ...found.entries.flatMap(entry =>
            hostsOfEntry(entry).map(host => ofEntry(host, entry)),
          ),
        ]
      : [];
  });
}
