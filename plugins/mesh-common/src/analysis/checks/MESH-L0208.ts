import { controlPlaneConfig } from '../../linkerd/controlPlaneConfig';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { CheckFinding, defineCheck } from '../check';

const COMMON = {
  code: 'MESH-L0208',
  level: 'warning',
  title: 'An identity is of another trust domain',
  explanation:
    'The identity of a ServiceAccount ends with the namespace of the control plane and the trust domain. One with another end is that of no client of this cluster, and lets in nobody unless a cluster with that trust domain is linked and trusted. Refer to the ServiceAccount instead, or write the identity as proxies have it.',
  upstream:
    'policy-controller/k8s/index/src/cluster_info.rs, service_account_identity (linkerd2)',
  mesh: 'linkerd',
  needs: ['ConfigMap'],
  // Identities of linked clusters may end otherwise.
  needsIfServed: ['multicluster.linkerd.io/Link'],
} as const;

export const identityOfOtherDomain = [
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/MeshTLSAuthentication',
    run: ({ metadata, spec }, snapshot) =>
      foreign(
        snapshot,
        `MeshTLSAuthentication ${metadata.name}`,
        spec.identities,
        'spec.identities',
      ),
  }),
  defineCheck({
    ...COMMON,
    subject: 'policy.linkerd.io/ServerAuthorization',
    run: ({ metadata, spec }, snapshot) =>
      foreign(
        snapshot,
        `ServerAuthorization ${metadata.name}`,
        spec.client?.meshTLS?.identities,
        'spec.client.meshTLS.identities',
      ),
  }),
];

function* foreign(
  snapshot: MeshSnapshot,
  of: string,
  identities: readonly string[] = [],
  field: string,
): Iterable<CheckFinding> {
  const read = controlPlaneConfig(snapshot);
  const isLinked =
    snapshot.namespacesOf('multicluster.linkerd.io/Link').length > 0;
  if (read.state !== 'read' || isLinked) {
    return;
  }
  const { namespace, trustDomain } = read.config;
  const own = `${namespace}.${trustDomain}`;
  for (const [index, identity] of identities.entries()) {
    const [, end] = /\.serviceaccount\.identity\.(.+)$/.exec(identity) ?? [];
    if (end !== undefined && end !== own) {
      yield {
        message: `${of} names ${identity}, which no client here has: identities end with serviceaccount.identity.${own}`,
        field: `${field}[${index}]`,
      };
    }
  }
}
