import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { settingsOfNamespace } from '../namespaceMesh';
import { isMutual, meshTlsRules, tlsOf } from '../wideTls';
import { isInRoot, wholeMode } from '../writtenModes';

/** The mesh takes no mutual TLS, and a DestinationRule for the whole mesh has clients send it. */
export const disabledMeshWithRule = defineCheck({
  code: 'KIA0506',
  level: 'error',
  title: 'Clients send mutual TLS to a mesh that disables it',
  explanation:
    'The PeerAuthentication of the root namespace has servers take plaintext only, and a DestinationRule for the whole mesh has clients send mutual TLS: requests fail. Let both say the same.',
  upstream:
    'peerauthentications.DisabledMeshWideChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: ['ConfigMap', 'networking.istio.io/DestinationRule'],
  *run(policy, snapshot) {
    if (wholeMode(policy) !== 'DISABLE') {
      return;
    }
    const config = settingsOfNamespace(snapshot, namespaceOf(policy));
    if (!config || !isInRoot(config, policy)) {
      return;
    }
    const rule = meshTlsRules(snapshot).find(candidate =>
      isMutual(tlsOf(candidate)),
    );
    if (rule) {
      yield {
        message: `${refOf(
          policy,
        )} has the whole mesh accept plaintext only, but ${refOf(
          rule,
        )} has clients send mutual TLS: let both say the same`,
        field: 'spec.mtls.mode',
      };
    }
  },
});
