import { meshSettings } from '../../istio/__testUtils__/istio';
import { Example } from './example';

const SETTINGS = `${meshSettings()}  meshNetworks: '{ networks: { net-west: { endpoints: [{ fromRegistry: west }] } } }'
`;

const SECRET = `
---
apiVersion: v1
kind: Secret
metadata: { name: remote, namespace: istio-system, labels: { istio/multiCluster: "true" } }
data: { west: YQ== }
`;

export const IST0126: Example[] = [
  {
    about: 'a network of a cluster without access',
    yaml: SETTINGS,
    finds: ['ConfigMap istio data.meshNetworks'],
    says: 'west',
  },
  {
    about: 'a network of a cluster with its Secret',
    yaml: SETTINGS + SECRET,
    finds: [],
  },
];
