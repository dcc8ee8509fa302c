import { definePrincipalCheck } from './principals';

/** A rule of an AuthorizationPolicy is about a caller of a trust domain that the mesh does not have. */
export const principalOfOtherDomain = definePrincipalCheck(
  'foreign',
  {
    code: 'KIA0108',
    level: 'warning',
    title: 'Principal of an unknown trust domain',
    explanation:
      'Callers of another trust domain are let into the mesh only where meshConfig.trustDomainAliases has their domain. Whether somebody there has the identity is not known here.',
  },
  () =>
    " of a trust domain that is neither the mesh's nor one of its aliases: correct it, or add it to meshConfig.trustDomainAliases",
);
