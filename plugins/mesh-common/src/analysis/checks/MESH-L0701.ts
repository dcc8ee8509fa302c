import { egressNetworkStatus } from '../../linkerd/status/egressNetworkStatus';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const egressOverlapsCluster = defineCheck({
  code: 'MESH-L0701',
  level: 'error',
  title: 'An EgressNetwork overlaps the networks of the cluster',
  explanation:
    "The controller does not accept an EgressNetwork that contains addresses of the cluster (clusterNetworks of the control plane), or a part of them: it has no effect, nor have the routes on it. Take the cluster's networks out by except, or write no networks, which means everything outside the cluster.",
  upstream:
    'policy-controller/k8s/status/src/index.rs, network_condition (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/EgressNetwork',
  needs: [],
  *run(network, snapshot) {
    const condition = egressNetworkStatus(snapshot, network);
    if (condition?.status === 'False') {
      yield {
        message: `${refOf(network)} has no effect: ${condition.why} (${
          condition.reason
        })`,
        field: 'spec.networks',
      };
    }
  },
});
