import { cniPartsFacts } from '../../linkerd/control-plane/cniParts';
import { RIGHTS_KINDS, rightsFact } from '../../linkerd/control-plane/rights';
import { defineCheck } from '../check';
import { controlPlaneFindings } from '../linkerdControlPlane';

export const rightsMissing = defineCheck({
  code: 'MESH-L0613',
  aliases: [
    'l5d-existence-cr',
    'l5d-existence-crb',
    'cni-plugin-cm-exists',
    'cni-plugin-cr-exists',
    'cni-plugin-crb-exists',
    'cni-plugin-sa-exists',
  ],
  level: 'error',
  title: 'The control plane or the CNI plugin lacks its rights',
  explanation:
    'linkerd-identity asks the API server who wants a certificate, linkerd-proxy-injector and the CNI plugin read pods and namespaces. A ClusterRole lets them, and a ClusterRoleBinding gives it to their account. Where one of them was deleted the part still runs, and what it does fails.',
  upstream:
    'pkg/healthcheck, "control plane ClusterRoles exist", "control plane ClusterRoleBindings exist", category linkerd-cni-plugin (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: ['apps/DaemonSet', 'ServiceAccount', ...RIGHTS_KINDS],
  run: (configMap, snapshot) =>
    controlPlaneFindings(configMap, snapshot, (about, config) => [
      rightsFact(about, config),
      ...cniPartsFacts(about, config),
    ]),
});
