import { AuthorizationPolicy } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { identityObstacle } from '../identityObstacle';
import { refOf } from '../naming';
import { conditionsOf, sourcesOf } from '../ruleParts';
import { isAmbientNamespace } from './sidecars';

/** Fields of a caller that are read of its certificate. */
const SOURCE_FIELDS = [
  'principals',
  'notPrincipals',
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'trustDomains',
  'notTrustDomains',
] as const;

/** Conditions about what only mutual TLS shows. */
const CONDITIONS: readonly string[] = [
  'source.namespace',
  'source.principal',
  'source.serviceAccount',
  'source.trustDomain',
  'connection.sni',
];

/** A rule of an AuthorizationPolicy is about who calls, and the workload's callers do not show who they are. */
export const identityWithoutMtls = defineCheck({
  code: 'KIA0105',
  level: 'error',
  title: 'AuthorizationPolicy needs mutual TLS',
  explanation:
    'Who calls (principals, namespaces, service accounts) is read of the certificate that the caller shows in mutual TLS. Where requests come in plaintext no ALLOW rule about callers matches, and what is written as "not" matches everybody.',
  upstream:
    'authorization.MtlsEnabledChecker, AuthorizationPolicyChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/AuthorizationPolicy',
  needs: [
    'ConfigMap',
    'Namespace',
    'Service',
    'security.istio.io/PeerAuthentication',
    'networking.istio.io/DestinationRule',
  ],
  *run(policy, snapshot) {
    const fields = identityFields(policy);
    const { spec } = policy;
    const namespace = namespaceOf(policy);
    if (
      fields.length === 0 ||
      spec?.targetRef ||
      spec?.targetRefs?.length ||
      // There callers are known by HBONE, whatever is written of TLS.
      isAmbientNamespace(snapshot, namespace)
    ) {
      return;
    }
    const obstacle = identityObstacle(snapshot, {
      namespace,
      labels: spec?.selector?.matchLabels ?? {},
    });
    for (const field of obstacle ? fields : []) {
      yield {
        message: `${refOf(
          policy,
        )} is about who calls, which only mutual TLS shows, but ${obstacle}`,
        field,
      };
    }
  },
});

function identityFields(policy: AuthorizationPolicy): string[] {
  return [
    ...sourcesOf(policy).flatMap(({ part, field }) =>
      SOURCE_FIELDS.filter(name => part[name]?.length).map(
        name => `${field}.${name}`,
      ),
    ),
    ...conditionsOf(policy).flatMap(({ part, field }) =>
      CONDITIONS.includes(part.key) ? [`${field}.key`] : [],
    ),
  ];
}
