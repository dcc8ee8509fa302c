import { defineCheck } from '../check';
import { refOf } from '../naming';
import { injectionByDefault } from './namespaceInjection';

/** A namespace says nothing about the mesh, so that its pods are outside it. */
export const namespaceNotInjected = defineCheck({
  code: 'IST0102',
  level: 'info',
  title: 'Namespace does not take part in the mesh',
  explanation:
    'Pods of the namespace get no sidecar, and it is not in ambient mode. If it is meant to be in the mesh give it the label istio-injection=enabled (or istio.io/rev of the revision), or istio.io/dataplane-mode=ambient; if not, istio-injection=disabled says so.',
  upstream: 'injection.Analyzer (istioctl)',
  mesh: 'istio',
  subject: 'Namespace',
  needs: ['ConfigMap'],
  *run(namespace, snapshot) {
    if (injectionByDefault(snapshot, namespace) === 'not-injected') {
      yield {
        message: `${refOf(
          namespace,
        )} is not in the mesh: label it istio-injection=enabled, istio.io/rev=REVISION or istio.io/dataplane-mode=ambient, or istio-injection=disabled if that is meant`,
        field: 'metadata.labels',
      };
    }
  },
});
