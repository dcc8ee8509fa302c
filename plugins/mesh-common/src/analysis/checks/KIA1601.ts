import { defineCheck } from '../check';
import { namespaceExists } from '../namespaces';
import { refOf } from '../naming';

/** A ReferenceGrant is for routes of a namespace that does not exist. */
export const grantForNobody = defineCheck({
  code: 'KIA1601',
  level: 'error',
  title: 'ReferenceGrant for a namespace that does not exist',
  explanation:
    'A ReferenceGrant lets objects of the namespaces that it names refer to what is in its own. A name that no namespace has lets nobody.',
  upstream:
    'k8sreferencegrants.NamespaceChecker, K8sReferenceGrantChecker (Kiali)',
  mesh: 'istio',
  subject: 'gateway.networking.k8s.io/ReferenceGrant',
  needs: ['Namespace'],
  *run(grant, snapshot) {
    for (const [index, { namespace }] of (grant.spec?.from ?? []).entries()) {
      if (!namespaceExists(snapshot, namespace)) {
        yield {
          message: `${refOf(
            grant,
          )} is for objects of Namespace ${namespace}, which does not exist: correct the name, or remove it`,
          field: `spec.from[${index}].namespace`,
        };
      }
    }
  },
});
