import { cniFact } from '../../linkerd/control-plane/cni';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const cniPluginBroken = defineCheck({
  code: 'MESH-L0610',
  aliases: ['cni-plugin-ds-exists', 'cni-plugin-ready'],
  level: 'error',
  title: 'Pods count on a CNI plugin that is not there or not ready',
  explanation:
    'With cniEnabled pods have no init container that leads their traffic to the proxy; the plugin does that on each node. Pods on a node where it does not run fail at their linkerd-network-validator and do not start.',
  upstream: 'pkg/healthcheck, category linkerd-cni-plugin (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['apps/DaemonSet', 'Pod'],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      cniFact(about, config),
    ]),
});
