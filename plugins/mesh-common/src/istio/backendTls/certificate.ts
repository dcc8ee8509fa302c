import { BackendTLSPolicy } from '../../gateway-api/backendTlsPolicy';
import { conditionOf } from '../../gateway-api/references';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ancestorsOf } from './ancestors';

/** Names of the certificate's key in a ConfigMap. */
const KEYS = ['cacert', 'ca.crt'];

/** What a proxy is told to ask istiod for where the certificate cannot be found. It never gets it. */
export const NO_CERTIFICATE = 'invalid://';

/**
 * How a BackendTLSPolicy names the certificates by which the server is checked: those of the system where it asks for
 * them, else the first of its references, which has to be a ConfigMap beside it. On a cluster istiod has written whether
 * it found that (ConfigMaps of users are not read); over files it is looked for, and one that is not among them counts as
 * being there, since files are seldom all that a cluster has.
 *
 * Upstream: pilot/pkg/config/kube/gateway/backend_policies.go, `getBackendTLSCredentialName`.
 */
export function credentialNameOf(
  snapshot: MeshSnapshot,
  policy: BackendTLSPolicy,
): string {
  const { wellKnownCACertificates, caCertificateRefs = [] } =
    policy.spec?.validation ?? {};
  const [reference] = caCertificateRefs;
  if (wellKnownCACertificates !== undefined || !reference) {
    return '';
  }
  const { group = '', kind, name } = reference;
  const isConfigMap = group === '' && kind === 'ConfigMap';
  return isConfigMap && isFound(snapshot, policy, name)
    ? `configmap://${namespaceOf(policy)}/${name}`
    : NO_CERTIFICATE;
}

function isFound(
  snapshot: MeshSnapshot,
  policy: BackendTLSPolicy,
  name: string,
): boolean {
  if (snapshot.origin !== 'files') {
    return !ancestorsOf(policy).some(
      ancestor => conditionOf(ancestor, 'ResolvedRefs')?.status === 'False',
    );
  }
  const found = snapshot.get('ConfigMap', namespaceOf(policy), name);
  return !found || KEYS.some(key => found.data?.[key]);
}
