import { defineCheck } from '../check';
import { refOf } from '../naming';
import { injectionByDefault } from './namespaceInjection';

/** A namespace says nothing about the mesh, and is injected all the same. */
export const namespaceInjectedByDefault = defineCheck({
  code: 'IST0148',
  level: 'info',
  title: 'Namespace is injected by default',
  explanation:
    'The namespace says nothing about the mesh, and the settings of the injector (enableNamespacesByDefault) have all such namespaces injected. The label istio-injection=disabled keeps it out.',
  upstream: 'injection.Analyzer (istioctl)',
  mesh: 'istio',
  subject: 'Namespace',
  needs: ['ConfigMap'],
  *run(namespace, snapshot) {
    if (injectionByDefault(snapshot, namespace) === 'injected') {
      yield {
        message: `${refOf(
          namespace,
        )} has no label that asks for sidecars, and gets them by enableNamespacesByDefault of the injector: label it istio-injection=disabled if it shall not`,
        field: 'metadata.labels',
      };
    }
  },
});
