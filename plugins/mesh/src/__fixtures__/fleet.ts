import {
  FleetClustersAnswer,
  FleetService,
  FleetServicesAnswer,
  ObservedFleetClustersAnswer,
  verdictSchema,
} from 'backstage-plugin-mesh-common';
import { troubledMtls } from './mtls';
import { east, west } from './reasons';

const noFindings = { error: 0, warning: 0, info: 0 };

export const fleetClusters: FleetClustersAnswer = {
  clusters: [
    {
      ...east,
      kubernetesVersion: 'v1.34.2',
      workloads: { total: 21, inMesh: 18 },
      findings: { error: 2, warning: 5, info: 1 },
      meshes: [
        {
          mesh: 'istio',
          title: 'Istio',
          trustDomain: 'cluster.local',
          controlPlanes: [
            {
              revision: 'default',
              version: '1.27.3',
              namespace: 'istio-system',
              ready: 2,
              replicas: 2,
            },
            {
              revision: '1-28-0',
              version: '1.28.0',
              namespace: 'istio-system',
              ready: 0,
              replicas: 1,
            },
          ],
          proxies: [
            { version: '1.27.3', pods: 31 },
            { version: '1.26.1', pods: 4 },
          ],
        },
      ],
    },
    {
      ...west,
      kubernetesVersion: 'v1.33.6',
      workloads: { total: 12, inMesh: 12 },
      findings: noFindings,
      meshes: [
        {
          mesh: 'linkerd',
          title: 'Linkerd',
          trustDomain: 'cluster.local',
          controlPlanes: [
            {
              version: 'edge-26.11.1',
              namespace: 'linkerd',
              ready: 1,
              replicas: 1,
            },
          ],
          proxies: [{ version: 'edge-26.11.1', pods: 24 }],
        },
      ],
    },
  ],
};

export const observedFleetClusters: ObservedFleetClustersAnswer = {
  measuredAt: '2026-11-26T12:00:00Z',
  clusters: [
    {
      name: east.name,
      meshes: [
        {
          mesh: 'istio',
          state: 'measured',
          store: 'prometheus-east',
          certificates: [],
        },
      ],
    },
    {
      name: west.name,
      meshes: [
        {
          mesh: 'linkerd',
          state: 'unknown',
          cause: 'not-measured',
          message: 'No metrics store is configured for the cluster west',
          certificates: [],
        },
      ],
    },
  ],
};

/** Clusters in trouble of every kind. */
export const troubledFleet: FleetClustersAnswer = {
  clusters: troubledMtls.clusters.map(cluster => ({
    ...cluster,
    ...(cluster.status === 'partial' || cluster.status === 'stale'
      ? { kubernetesVersion: 'v1.34.2' }
      : {}),
    meshes: [],
    workloads: { total: cluster.status === 'partial' ? 9 : 0, inMesh: 0 },
    findings: noFindings,
  })),
};

const service = (
  name: string,
  change: Partial<FleetService>,
): FleetService => ({
  entityRef: `component:default/${name}`,
  owner: 'group:default/shop',
  system: 'system:default/shop',
  verdict: 'protected',
  meshes: ['istio'],
  clusters: ['east'],
  workloads: 1,
  findings: noFindings,
  ...change,
});

export const fleetServices: FleetServicesAnswer = {
  clusters: [east, west],
  services: [
    service('reviews', {
      title: 'Reviews',
      verdict: 'in-part',
      why: 'Deployment legacy/importer has no proxy and sends plaintext',
      meshes: ['istio', 'linkerd'],
      clusters: ['east', 'west'],
      workloads: 3,
      findings: { error: 1, warning: 1, info: 0 },
    }),
    service('productpage', {
      why: 'PeerAuthentication shop/default sets STRICT for the namespace',
    }),
    service('importer', {
      verdict: 'not-in-mesh',
      owner: 'group:default/data',
      system: undefined,
      why: 'The namespace legacy has no label istio-injection',
      meshes: [],
    }),
    service('payments', {
      verdict: 'unprotected',
      owner: 'group:default/payments',
      why: 'Only plaintext is accepted on port 8080',
      findings: { error: 3, warning: 0, info: 2 },
    }),
    service('emoji', {
      verdict: 'mtls-in-use',
      owner: 'group:default/poll',
      system: 'system:default/poll',
      meshes: ['linkerd'],
      clusters: ['west'],
    }),
    service('ledger', {
      verdict: 'unknown',
      owner: undefined,
      why: 'PeerAuthentication may not be read',
    }),
  ],
  withoutWorkloads: ['component:default/ratings', 'component:default/website'],
};

/** As many services as a large portal has. */
export function manyServices(count: number): FleetServicesAnswer {
  const verdicts = verdictSchema.options;
  return {
    clusters: [east, west],
    withoutWorkloads: [],
    services: Array.from({ length: count }, (_, index) =>
      service(`service-${String(index).padStart(4, '0')}`, {
        verdict: verdicts[index % verdicts.length],
        owner: `group:default/team-${index % 17}`,
        clusters: [index % 2 ? 'west' : 'east'],
        meshes: [index % 2 ? 'linkerd' : 'istio'],
      }),
    ),
  };
}
