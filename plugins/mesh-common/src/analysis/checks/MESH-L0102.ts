import { externalsOfServer, podsOfServer } from '../../linkerd/servers';
import { defineCheck } from '../check';

export const serverSelectsNoPod = defineCheck({
  code: 'MESH-L0102',
  level: 'warning',
  title: 'A Server selects no pod and no workload outside Kubernetes',
  explanation:
    'The label selector of the Server fits no pod and no pod template (or no ExternalWorkload) of its namespace, so it protects nothing. Selectors do not reach other namespaces.',
  upstream: 'policy-controller/k8s/index/src/inbound/index.rs (linkerd2)',
  mesh: 'linkerd',
  subject: 'policy.linkerd.io/Server',
  needs: ['Pod', 'apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'],
  *run(server, snapshot) {
    const { podSelector, externalWorkloadSelector } = server.spec;
    if (
      podSelector &&
      !externalWorkloadSelector &&
      podsOfServer(snapshot, server).length === 0
    ) {
      yield {
        message: `Server ${server.metadata.name} selects no pod of namespace ${server.metadata.namespace}`,
        field: 'spec.podSelector',
      };
    }
    if (
      externalWorkloadSelector &&
      externalsOfServer(snapshot, server).length === 0
    ) {
      yield {
        message: `Server ${server.metadata.name} selects no ExternalWorkload of namespace ${server.metadata.namespace}`,
        field: 'spec.externalWorkloadSelector',
      };
    }
  },
});
