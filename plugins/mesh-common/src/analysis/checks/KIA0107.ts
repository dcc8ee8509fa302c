import { definePrincipalCheck } from './principals';

/** A rule of an AuthorizationPolicy is about a caller that only another cluster of the mesh has. */
export const principalOfOtherCluster = definePrincipalCheck(
  'elsewhere',
  {
    code: 'KIA0107',
    level: 'info',
    title: 'Principal of another cluster',
    explanation:
      'No workload of this cluster runs under the service account that the principal names, but one of another cluster of the mesh does. The rule is right where that one calls.',
  },
  ({ cluster }) =>
    `, under which a workload of the cluster ${cluster} runs, and none of this one`,
);
