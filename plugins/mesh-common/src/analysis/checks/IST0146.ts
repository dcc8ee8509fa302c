import { WorkloadController } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { matchesSelector } from '../../kubernetes/selectors';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { autoImage } from './imageAuto';

/** A Deployment leaves the image of its proxy to the injector, which will not be asked. */
export const autoImageOfDeployment = defineCheck({
  code: 'IST0146',
  level: 'warning',
  title: 'Deployment whose proxy will have no image',
  explanation:
    'The image auto is to be replaced by the injector when a pod is made. No webhook of Istio selects the pods of this Deployment, so that their istio-proxy cannot start. Label the namespace or the template for injection.',
  upstream: 'injection.ImageAutoAnalyzer (istioctl)',
  mesh: 'istio',
  subject: 'apps/Deployment',
  needs: [
    'Namespace',
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  ],
  *run(deployment, snapshot) {
    const field = autoImage(deployment.spec.template.spec);
    if (field && !willBeInjected(snapshot, deployment)) {
      yield {
        message: `${refOf(
          deployment,
        )} leaves the image of istio-proxy to the injector (auto), but no webhook of Istio selects its pods: label the namespace or the template for injection`,
        field: `spec.template.spec.${field}`,
      };
    }
  },
});

function willBeInjected(
  snapshot: MeshSnapshot,
  deployment: WorkloadController,
): boolean {
  const namespace = snapshot.get(
    'Namespace',
    undefined,
    namespaceOf(deployment),
  );
  const configurations = snapshot.list(
    'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  );
  return [...configurations].some(({ webhooks }) =>
    webhooks.some(
      ({ name, namespaceSelector = {}, objectSelector = {} }) =>
        name.endsWith('istio.io') &&
        matchesSelector(namespace?.metadata.labels ?? {}, namespaceSelector) &&
        matchesSelector(
          deployment.spec.template.metadata.labels,
          objectSelector,
        ),
    ),
  );
}
