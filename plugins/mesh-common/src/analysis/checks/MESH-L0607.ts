import { clusterNetworksFact } from '../../linkerd/control-plane/clusterNetworks';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const clusterNetworksIncomplete = defineCheck({
  code: 'MESH-L0607',
  aliases: ['l5d-cluster-networks-pods', 'l5d-cluster-networks-services'],
  level: 'error',
  title: 'clusterNetworks does not contain the whole cluster',
  explanation:
    'Proxies ask the control plane only for addresses in clusterNetworks. What is outside of them counts as outside the cluster: it is reached without mTLS, without its routes and its policies.',
  upstream:
    'pkg/healthcheck, "cluster networks contains all pods", "cluster networks contains all services" (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['Pod', 'Service'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      clusterNetworksFact(about, config),
    ]),
});
