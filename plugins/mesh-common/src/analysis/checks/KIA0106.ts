import { definePrincipalCheck } from './principals';

/** A rule of an AuthorizationPolicy is about a caller that no workload is. */
export const principalOfNobody = definePrincipalCheck(
  'nobody',
  {
    code: 'KIA0106',
    level: 'error',
    title: 'Principal that no workload has',
    explanation:
      'The service account that the principal names does not exist, and no workload runs under it, so that the rule is about nobody. A principal is written TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, without spiffe://.',
  },
  () =>
    ', under which no workload runs: correct its service account, or remove it',
);
