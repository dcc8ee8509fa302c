import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { unknownPrincipals } from './principals';

/** A rule of an AuthorizationPolicy is about a caller that no workload is. */
export const principalOfNobody = defineCheck({
  code: 'KIA0106',
  level: 'error',
  title: 'Principal that no workload has',
  explanation:
    'No workload runs under the service account that the principal names, so that the rule is about nobody. A principal is written TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, without spiffe://.',
  upstream: 'authorization.PrincipalsChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['ConfigMap', ...POD_KINDS],
  *run(policy, snapshot) {
    for (const { written, field, whose } of unknownPrincipals(
      snapshot,
      policy,
    )) {
      if (whose === 'nobody') {
        yield {
          message: `${refOf(
            policy,
          )} names the principal ${written}, under which no workload runs: correct its service account, or remove it`,
          field,
        };
      }
    }
  },
});
