import { defineCheck } from '../check';
import { refOf } from '../naming';
import { POD_KINDS } from '../workloadPods';
import { unknownPrincipals } from './principals';

/** A rule of an AuthorizationPolicy is about a caller of a trust domain that the mesh does not have. */
export const principalOfOtherDomain = defineCheck({
  code: 'KIA0108',
  level: 'warning',
  title: 'Principal of an unknown trust domain',
  explanation:
    'Callers of another trust domain are let into the mesh only where meshConfig.trustDomainAliases has their domain. Whether somebody there has the identity is not known here.',
  upstream: 'authorization.PrincipalsChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: ['ConfigMap', ...POD_KINDS],
  *run(policy, snapshot) {
    for (const { written, field, whose } of unknownPrincipals(
      snapshot,
      policy,
    )) {
      if (whose === 'foreign') {
        yield {
          message: `${refOf(
            policy,
          )} names the principal ${written} of a trust domain that is neither the mesh's nor one of its aliases: correct it, or add it to meshConfig.trustDomainAliases`,
          field,
        };
      }
    }
  },
});
