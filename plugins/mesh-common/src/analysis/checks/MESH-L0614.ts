import {
  initContainerFacts,
  nodeNetworksFact,
} from '../../linkerd/control-plane/nodes';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const nodesUnexpected = defineCheck({
  code: 'MESH-L0614',
  aliases: ['l5d-cluster-networks-cidr', 'l5d-proxy-init-run-as-root'],
  level: 'error',
  title: 'Nodes are not as the control plane expects them',
  explanation:
    'Pods get their addresses from the network of their node. Where that is outside of clusterNetworks they are reached as addresses outside the cluster: without mTLS, without routes and policies. And where Docker runs the containers of a node, an init container that does not run as root cannot lead the traffic of its pod to the proxy.',
  upstream:
    'pkg/healthcheck, "cluster networks contains all node podCIDRs", "proxy-init container runs as root user if docker container runtime is used" (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['Node'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      nodeNetworksFact(about, config),
      ...initContainerFacts(about, config),
    ]),
});
