import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { DEPRECATED } from './deprecated';

const REMOVED: ReadonlySet<string> = new Set([
  'ClusterRbacConfig',
  'RbacConfig',
  'ServiceRole',
  'ServiceRoleBinding',
]);

/** The cluster still has the definition of a kind that Istio has removed. */
export const removedKind = defineCheck({
  ...DEPRECATED,
  upstream: 'deprecation.DeprecationAnalyzer (istioctl)',
  subject: 'apiextensions.k8s.io/CustomResourceDefinition',
  *run(definition) {
    const { group, names } = definition.spec;
    if (group === 'rbac.istio.io' && REMOVED.has(names.kind)) {
      yield {
        message: `${refOf(definition)} defines ${group} ${
          names.kind
        }, which Istio has removed: write AuthorizationPolicies in the place of its objects, and delete it`,
        field: 'spec.names.kind',
      };
    }
  },
});
