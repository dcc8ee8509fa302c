import { authorizationPoliciesOf } from '../../istio/authorizationPolicy';
import { namespaceOf } from '../../kubernetes/objects';
import { findWorkload } from '../../mesh/workloads';
import { settingsOfNamespace } from '../namespaceMesh';
import { refOf } from '../naming';
import { workloadCheck } from '../workloadCheck';
import { isProxyAlone } from '../workloadMode';
import { POD_KINDS } from '../workloadPods';

/** No AuthorizationPolicy applies to a workload, so that everybody may call it. */
export const workloadWithoutPolicy = workloadCheck({
  code: 'KIA1301',
  level: 'warning',
  title: 'Workload without AuthorizationPolicy',
  explanation:
    'Where no ALLOW policy applies to a workload, whoever reaches it may call it. A policy of the root namespace without rules is a good default, of which those of the workloads are exceptions.',
  upstream: 'workloads.UncoveredWorkloadChecker, WorkloadChecker (Kiali)',
  mesh: 'istio',
  needs: [
    'security.istio.io/AuthorizationPolicy',
    'ConfigMap',
    'Namespace',
    ...POD_KINDS,
  ],
  *run(controller, snapshot) {
    const namespace = namespaceOf(controller);
    const config = settingsOfNamespace(snapshot, namespace);
    const workload = findWorkload(snapshot, {
      namespace,
      kind: controller.kind,
      name: controller.metadata.name,
    });
    if (
      config &&
      workload &&
      namespace !== config.rootNamespace &&
      !isProxyAlone(snapshot, controller) &&
      authorizationPoliciesOf(snapshot, workload, config).length === 0
    ) {
      yield {
        message: `No AuthorizationPolicy applies to ${refOf(
          controller,
        )}: allow its callers, and nobody else`,
        field: 'spec.template.metadata.labels',
      };
    }
  },
});
