import { namespaceOf } from '../../kubernetes/objects';
import { isRefTo } from '../../linkerd/targetRefs';
import { Account, hasWorkloads, isAccount } from '../../mesh/accounts';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-L0209',
  level: 'warning',
  title: 'An authentication by a ServiceAccount that is not there',
  explanation:
    'Clients have the identity of the ServiceAccount under which they run. One that does not exist, and under which no workload of its namespace runs, is that of nobody here. A ServiceAccount without namespace is looked for beside the policy; clients that name none run under default.',
  upstream:
    'policy-controller/k8s/index/src/cluster_info.rs, service_account_identity (linkerd2)',
  mesh: 'linkerd',
  needs: ['ServiceAccount', 'Pod'],
  // Accounts may be those of linked clusters.
  needsIfServed: ['multicluster.linkerd.io/Link'],
} as const;

interface NamedAccount extends Account {
  field: string;
}

function* missing(
  snapshot: MeshSnapshot,
  of: string,
  accounts: readonly NamedAccount[],
): Iterable<CheckFinding> {
  if (snapshot.namespacesOf('multicluster.linkerd.io/Link').length > 0) {
    return;
  }
  for (const { name, namespace, field } of accounts) {
    if (
      // Every namespace has one of this name.
      name !== 'default' &&
      hasWorkloads(snapshot, namespace) &&
      !isAccount(snapshot, { namespace, name })
    ) {
      yield {
        message: `${of} is about clients of ServiceAccount ${namespace}/${name}, which does not exist`,
        field,
      };
    }
  }
}

/** Of references to ServiceAccounts, those that are meant. */
function accountsOf(
  refs: readonly {
    group?: string;
    kind: string;
    name: string;
    namespace?: string;
  }[],
  own: string,
  path: string,
): NamedAccount[] {
  return refs.flatMap((ref, index) =>
    isRefTo(ref, '', 'ServiceAccount')
      ? [
          {
            name: ref.name,
            namespace: ref.namespace ?? own,
            field: `${path}[${index}]`,
          },
        ]
      : [],
  );
}

export const accountMissing = [
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/MeshTLSAuthentication',
    run: (authentication, snapshot) =>
      missing(
        snapshot,
        `MeshTLSAuthentication ${authentication.metadata.name}`,
        accountsOf(
          authentication.spec.identityRefs ?? [],
          namespaceOf(authentication),
          'spec.identityRefs',
        ),
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/AuthorizationPolicy',
    run: (policy, snapshot) =>
      missing(
        snapshot,
        `AuthorizationPolicy ${policy.metadata.name}`,
        accountsOf(
          policy.spec.requiredAuthenticationRefs ?? [],
          namespaceOf(policy),
          'spec.requiredAuthenticationRefs',
        ),
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/ServerAuthorization',
    run: (authorization, snapshot) =>
      missing(
        snapshot,
        `ServerAuthorization ${authorization.metadata.name}`,
        (authorization.spec.client?.meshTLS?.serviceAccounts ?? []).map(
          ({ name, namespace = namespaceOf(authorization) }, index) => ({
            name,
            namespace,
            field: `spec.client.meshTLS.serviceAccounts[${index}]`,
          }),
        ),
      ),
  }),
];
