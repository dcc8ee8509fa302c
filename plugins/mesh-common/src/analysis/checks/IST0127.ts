import { namespaceOf } from '../../kubernetes/objects';
import { isInMeshForIstioctl } from '../../istio/inMesh';
import { meshConfig } from '../../istio/meshConfig';
import { templatePodsSelected } from '../../mesh/templatePods';
import { namespacesWithWorkloads } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsWithLabels } from '../../snapshot/podsByLabel';
import { defineCheck } from '../check';

/** An AuthorizationPolicy applies to no workload of the mesh. */
export const noMatchingWorkloads = defineCheck({
  code: 'IST0127',
  aliases: ['KIA0004'],
  level: 'warning',
  title: 'AuthorizationPolicy for no workload',
  explanation:
    'No pod in the mesh is in the namespace of the policy and has the labels that its selector asks for (nor has a workload that would make one), so that the policy protects nothing. Either the selector is wrong, or the workload is not in the mesh.',
  upstream:
    'auth.AuthorizationPoliciesAnalyzer (istioctl); common.SelectorNoWorkloadFoundChecker, AuthorizationPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: [
    'Namespace',
    'Pod',
    'apps/Deployment',
    'apps/StatefulSet',
    'apps/DaemonSet',
  ],
  *run(policy, snapshot) {
    const { spec, metadata } = policy;
    const mesh = meshConfig(snapshot);
    if (
      mesh.state === 'unknown' ||
      spec?.targetRef ||
      spec?.targetRefs?.length
    ) {
      return;
    }
    const namespace = namespaceOf(policy);
    const isRoot = namespace === mesh.config.rootNamespace;
    if (isRoot && !spec?.selector) {
      return;
    }
    const labels = spec?.selector?.matchLabels ?? {};
    const namespaces = isRoot
      ? [...namespacesWithWorkloads(snapshot)]
      : [namespace];
    if (
      !namespaces.some(place =>
        [...podsAndTemplates(snapshot, place, labels)].some(pod =>
          isInMeshForIstioctl(snapshot, pod),
        ),
      )
    ) {
      const wanted = Object.entries(labels).map(label => label.join('='));
      yield {
        message: `AuthorizationPolicy ${namespace}/${
          metadata.name
        } applies to nothing: ${
          isRoot ? 'no namespace' : `Namespace ${namespace}`
        } has ${isRoot ? 'a' : 'no'} pod in the mesh${
          wanted.length > 0 ? ` with ${wanted.join(', ')}` : ''
        }`,
        field: spec?.selector ? 'spec.selector' : 'spec',
      };
    }
  },
});

/** Over files there are no pods but the ones that the workloads there would make. */
function* podsAndTemplates(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Record<string, string>,
) {
  yield* podsWithLabels(snapshot, namespace, labels);
  yield* templatePodsSelected(snapshot, namespace, { matchLabels: labels });
}
