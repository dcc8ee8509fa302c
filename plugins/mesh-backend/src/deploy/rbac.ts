import { stringify } from 'yaml';
import { rules } from './rules';

const NAME = 'backstage-mesh';
const NAMESPACE = 'backstage';

/** The manifests of `deploy/rbac.yaml`: an account that may read what the mirror reads, and nothing else. */
export function rbacManifests(): string {
  const account = { kind: 'ServiceAccount', name: NAME, namespace: NAMESPACE };
  const manifests = [
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: NAME, namespace: NAMESPACE },
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: NAME },
      rules: rules(),
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRoleBinding',
      metadata: { name: NAME },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: NAME,
      },
      subjects: [account],
    },
  ];
  return [
    '# What Mesh for Backstage reads of a cluster: nothing is written, and Secrets are not read.',
    '# Made from the table of kinds by `yarn rbac`; do not edit.',
    ...manifests.map(
      manifest =>
        `---\n${stringify(manifest, { singleQuote: true }).trimEnd()}`,
    ),
    '',
  ].join('\n');
}
