import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { unknownPrincipals } from './principals';

/** A rule of an AuthorizationPolicy is about a caller that only another cluster of the mesh has. */
export const principalOfOtherCluster = defineCheck({
  code: 'KIA0107',
  level: 'info',
  title: 'Principal of another cluster',
  explanation:
    'No workload of this cluster runs under the service account that the principal names, but one of another cluster of the mesh does. The rule is right where that one calls.',
  upstream: 'authorization.PrincipalsChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['ConfigMap', ...POD_KINDS],
  *run(policy, snapshot) {
    for (const { written, field, whose, cluster } of unknownPrincipals(
      snapshot,
      policy,
    )) {
      if (whose === 'elsewhere') {
        yield {
          message: `${refOf(
            policy,
          )} names the principal ${written}, under which a workload of the cluster ${cluster} runs, and none of this one`,
          field,
        };
      }
    }
  },
});
