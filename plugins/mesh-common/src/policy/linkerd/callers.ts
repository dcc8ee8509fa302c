import { Manifest, manifest, metadataOf, PolicyTask } from '../manifest';

/**
 * The identities of the callers, and that they may reach the port. Without callers there is neither: a policy
 * that asks for no authentication would let everybody in.
 */
export function callersPolicies(task: PolicyTask): Manifest[] {
  const { callers, name } = task.intent;
  if (callers.length === 0) {
    return [];
  }
  const accounts = new Map(
    callers.map(({ namespace, serviceAccount }) => [
      `${namespace}/${serviceAccount}`,
      { kind: 'ServiceAccount', name: serviceAccount, namespace },
    ]),
  );
  const identityRefs = [...accounts.keys()]
    .sort()
    .map(key => accounts.get(key));
  const metadata = metadataOf(task, '-callers');
  return [
    manifest(
      {
        apiVersion: 'policy.linkerd.io/v1alpha1',
        kind: 'MeshTLSAuthentication',
        metadata,
        spec: { identityRefs },
      },
      'The identities of the callers',
      ['mtls'],
    ),
    manifest(
      {
        apiVersion: 'policy.linkerd.io/v1alpha1',
        kind: 'AuthorizationPolicy',
        metadata,
        spec: {
          targetRef: { group: 'policy.linkerd.io', kind: 'Server', name },
          requiredAuthenticationRefs: [
            {
              group: 'policy.linkerd.io',
              kind: 'MeshTLSAuthentication',
              name: metadata.name,
            },
          ],
        },
      },
      'Lets the callers in, with mutual TLS only, and nobody else',
      ['authorization', 'securityPolicies'],
    ),
  ];
}
