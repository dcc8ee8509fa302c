import { stringify } from 'yaml';
import {
  CLUSTER_KIND_IDS,
  KindDefinition,
  KINDS,
} from 'backstage-plugin-mesh-common';
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
    ...optionalRules(),
    '# Made from the table of kinds by `yarn rbac`; do not edit.',
    ...manifests.map(
      manifest =>
        `---\n${stringify(manifest, { singleQuote: true }).trimEnd()}`,
    ),
    '',
  ].join('\n');
}

/** Which of the rules not every cluster needs. */
function optionalRules(): string[] {
  const beside = new Map<string, string[]>();
  for (const kindId of CLUSTER_KIND_IDS) {
    const { onlyBeside, plural }: KindDefinition = KINDS[kindId];
    if (onlyBeside) {
      beside.set(onlyBeside, [...(beside.get(onlyBeside) ?? []), plural]);
    }
  }
  return [...beside].map(
    ([kindId, plurals]) =>
      `# Without ${kindId} on the cluster it needs none of: ${plurals.join(
        ', ',
      )}.`,
  );
}
