import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { isClusterLocal } from '../clusterLocal';
import { MeshService } from '../meshServices';
import { kubernetesEndpoints } from './kubernetesEndpoints';
import { ServiceEndpoint } from './ServiceEndpoint';
import { meshPeers } from '../clustersOfMesh';

/** What the other clusters of the mesh add to a service. */
export interface PeerEndpoints {
  endpoints: readonly ServiceEndpoint[];
  /** Clusters whose endpoints are not known. */
  unread: readonly string[];
}

const NONE: PeerEndpoints = { endpoints: [], unread: [] };

const question = defineQuestion(
  (snapshot, key): PeerEndpoints => {
    const [namespace, name, portName]: (string | undefined)[] = JSON.parse(key);
    const found = meshPeers(snapshot).map(peer => ({
      cluster: peer.cluster,
      endpoints: endpointsOf(peer, namespace, name ?? '', portName),
    }));
    return found.length === 0
      ? NONE
      : {
          endpoints: found.flatMap(({ cluster, endpoints = [] }) =>
            endpoints.map(endpoint => ({ ...endpoint, cluster })),
          ),
          unread: found
            .filter(({ endpoints }) => !endpoints)
            .map(({ cluster }) => cluster),
        };
  },
  (a, b) => JSON.stringify(textOf(a)) === JSON.stringify(textOf(b)),
);

/**
 * The endpoints that the other clusters of a mesh have for a service: those of their Services of the same name and
 * namespace, where the port has the same name. Each control plane decides with the policies of its own cluster what its
 * proxies do with all of them.
 *
 * Upstream: pilot/pkg/serviceregistry/aggregate/controller.go, `mergeService`.
 */
export function peerEndpoints(
  snapshot: MeshSnapshot,
  { service }: MeshService,
  portName: string | undefined,
): PeerEndpoints {
  if (!service || isOwn(snapshot, service)) {
    return NONE;
  }
  return question(
    snapshot,
    JSON.stringify([namespaceOf(service), service.metadata.name, portName]),
  );
}

function isOwn(snapshot: MeshSnapshot, service: Service): boolean {
  return isClusterLocal(snapshot, {
    namespace: namespaceOf(service),
    name: service.metadata.name,
  });
}

function endpointsOf(
  peer: MeshSnapshot,
  namespace: string | undefined,
  name: string,
  portName: string | undefined,
): readonly ServiceEndpoint[] | undefined {
  if (peer.read('Service').state !== 'read') {
    return undefined;
  }
  const service = peer.get('Service', namespace, name);
  const port = service?.spec.ports.find(one => one.name === portName);
  return service && port ? kubernetesEndpoints(peer, service, port) : [];
}

/** Everything about endpoints that answers are made of. */
function textOf({ endpoints, unread }: PeerEndpoints) {
  return [
    unread,
    endpoints.map(({ source, ...endpoint }) => [
      source.object.metadata.name,
      endpoint,
    ]),
  ];
}
