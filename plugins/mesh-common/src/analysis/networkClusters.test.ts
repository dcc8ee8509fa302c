import { clusterOf } from '../__testUtils__/cluster';
import { meshSettings } from '../istio/__testUtils__/istio';
import { Analyzer } from './Analyzer';
import { unknownNetworkCluster } from './checks/IST0126';

const settings = (networks: string) =>
  `${meshSettings()}  meshNetworks: '${networks}'\n`;
const WEST =
  '{ networks: { net-west: { endpoints: [{ fromRegistry: west }, { fromCidr: 10.0.0.0/8 }] } } }';

function remote(key: string, label = '"true"', part = 'data'): string {
  return `
---
apiVersion: v1
kind: Secret
metadata: { name: remote, namespace: istio-system, labels: { istio/multiCluster: ${label} } }
${part}: { ${key}: YQ== }
`;
}

const ISTIOD = `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
spec: { template: { spec: { containers: [{ name: discovery, image: "pilot:1.31.0", env: [{ name: CLUSTER_ID, value: west }] }] } } }
`;

function analysis(yaml: string, origin: 'files' | 'cluster' = 'files') {
  return Analyzer.create([unknownNetworkCluster]).analyze(
    clusterOf(yaml, { origin }),
  );
}

describe('IST0126', () => {
  it('names the cluster, its network and what is to be done', () => {
    expect(analysis(settings(WEST)).findings).toMatchObject([
      {
        code: 'IST0126',
        level: 'error',
        field: 'data.meshNetworks',
        message:
          'ConfigMap istio-system/istio puts the cluster west on the network net-west, and no Secret labelled istio/multiCluster=true has the access to west: add it (istioctl create-remote-secret --name=west), or correct the name',
      },
    ]);
  });

  it.each<[string, string, number]>([
    ['with its Secret', remote('west'), 0],
    [
      'with its Secret in plain text',
      remote('west', '"true"', 'stringData'),
      0,
    ],
    ['with the Secret of another', remote('north'), 1],
    ['with a Secret that says no', remote('west', '"false"'), 1],
    ['that is istiod’s own', ISTIOD, 0],
  ])('of a cluster %s', (_, yaml, count) => {
    expect(analysis(settings(WEST) + yaml).findings).toHaveLength(count);
  });

  it.each(['Kubernetes', 'Mock', 'External'])(
    'says nothing of %s, which istiod always has',
    name => {
      expect(
        analysis(settings(WEST.replace('west }', `${name} }`))).findings,
      ).toEqual([]);
    },
  );

  it('leaves networks alone that cannot be read, and what is no mesh’s settings', () => {
    expect(analysis(settings('{ networks: ')).findings).toEqual([]);
    expect(
      analysis(settings(WEST).replace('name: istio,', 'name: other,')).findings,
    ).toEqual([]);
  });

  it('does not run on a cluster, of which Secrets are never read', () => {
    expect(analysis(settings(WEST), 'cluster')).toMatchObject({
      findings: [],
    });
  });
});
