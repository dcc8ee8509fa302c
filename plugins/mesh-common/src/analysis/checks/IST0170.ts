import { Service } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { defineQuestion } from '../../snapshot/defineQuestion';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { meshPeers } from '../../istio/clustersOfMesh';

interface Elsewhere {
  cluster: string;
  service: Service;
}

/** The Services of a namespace and name on the other clusters. */
const sameElsewhere = defineQuestion(
  (snapshot, key): Elsewhere[] => {
    const [namespace, name]: string[] = JSON.parse(key);
    return meshPeers(snapshot).flatMap(peer => {
      const service = peer.get('Service', namespace, name);
      return service ? { cluster: peer.cluster, service } : [];
    });
  },
  (a, b) =>
    a.length === b.length &&
    a.every(
      (one, index) =>
        one.service === b[index].service && one.cluster === b[index].cluster,
    ),
);

/** A Service that the clusters of a mesh do not have alike. */
export const inconsistentService = defineCheck({
  code: 'IST0170',
  level: 'warning',
  title: 'Service differs between the clusters of the mesh',
  explanation:
    'Clusters of one mesh that have a Service of the same name and namespace have it together: clients of each reach the endpoints of all. Where its type or its ports differ, or it is headless in one cluster only, what a client gets depends on the cluster that it runs on.',
  upstream: 'services.MultiClusterServiceAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'Service',
  needs: [],
  *run(service, snapshot) {
    const others = sameElsewhere(
      snapshot,
      JSON.stringify([namespaceOf(service), service.metadata.name]),
    );
    const differs = others.flatMap(({ cluster, service: other }) => {
      const parts = differences(service, other);
      return parts.length > 0 ? { cluster, parts } : [];
    });
    if (differs.length > 0) {
      yield {
        message: `${refOf(service)} is another on ${differs
          .map(({ cluster, parts }) => `${cluster} (${parts.join(', ')})`)
          .join(' and on ')}: make them alike`,
        field: 'spec',
      };
    }
  },
});

function differences(a: Service, b: Service): string[] {
  return [
    (a.spec.clusterIP === 'None') !== (b.spec.clusterIP === 'None') &&
      'headless on one of them only',
    typeOf(a) !== typeOf(b) && `type ${typeOf(b)}, here ${typeOf(a)}`,
    portsOf(a) !== portsOf(b) && `ports ${portsOf(b)}, here ${portsOf(a)}`,
  ].filter(part => part !== false);
}

function typeOf({ spec }: Service): string {
  return spec.type ?? 'ClusterIP';
}

/** By name, since their order does not matter. */
function portsOf({ spec }: Service): string {
  return spec.ports
    .map(({ name = '', port, targetPort = port, protocol, appProtocol }) =>
      [name, port, targetPort, protocol, appProtocol].filter(Boolean).join(' '),
    )
    .sort()
    .join(', ');
}
