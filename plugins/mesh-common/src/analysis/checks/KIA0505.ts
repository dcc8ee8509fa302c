import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { settingsOfNamespace } from '../namespaceMesh';
import { isMutual, meshTlsRules, namespaceTlsRules, tlsOf } from '../wideTls';
import { isInRoot, wholeMode } from '../writtenModes';

/** A namespace takes no mutual TLS, and a DestinationRule for it (else one for the mesh) has clients send it. */
export const disabledNamespaceWithRule = defineCheck({
  code: 'KIA0505',
  level: 'error',
  title: 'Clients send mutual TLS to a namespace that disables it',
  explanation:
    'The PeerAuthentication has the servers of the namespace take plaintext only, and a DestinationRule has clients send mutual TLS to them: requests fail. Write a DestinationRule that disables TLS for the namespace, or change the PeerAuthentication.',
  upstream:
    'peerauthentications.DisabledNamespaceWideChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: ['ConfigMap', 'networking.istio.io/DestinationRule'],
  *run(policy, snapshot) {
    if (wholeMode(policy) !== 'DISABLE') {
      return;
    }
    const namespace = namespaceOf(policy);
    const config = settingsOfNamespace(snapshot, namespace);
    if (!config || isInRoot(config, policy)) {
      return;
    }
    const own = namespaceTlsRules(snapshot, namespace);
    const deciding = own.length > 0 ? own : meshTlsRules(snapshot);
    const rule = deciding.find(candidate => isMutual(tlsOf(candidate)));
    if (rule) {
      yield {
        message: `${refOf(
          policy,
        )} has its namespace accept plaintext only, but ${refOf(
          rule,
        )} has clients send mutual TLS to it: write a DestinationRule that disables it there, or change the policy`,
        field: 'spec.mtls.mode',
      };
    }
  },
});
