import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { settingsOfNamespace } from '../namespaceMesh';
import { meshTlsRules, namespaceTlsRules, tlsOf } from '../wideTls';
import { isInRoot, wholeMode } from '../writtenModes';

/** Without auto mTLS: a namespace is STRICT, and no DestinationRule for it or the mesh has clients send mutual TLS. */
export const strictNamespaceWithoutRule = defineCheck({
  code: 'KIA0501',
  level: 'error',
  title: 'STRICT namespace whose clients send plaintext',
  explanation:
    'Where auto mTLS is off, both sides have to be told: the PeerAuthentication has servers take mutual TLS only, and no DestinationRule for the whole namespace or the mesh has clients send it. With auto mTLS no rule is needed.',
  upstream:
    'peerauthentications.NamespaceMtlsChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: ['ConfigMap', 'networking.istio.io/DestinationRule'],
  *run(policy, snapshot) {
    if (wholeMode(policy) !== 'STRICT') {
      return;
    }
    const namespace = namespaceOf(policy);
    const config = settingsOfNamespace(snapshot, namespace);
    if (!config || config.enableAutoMtls || isInRoot(config, policy)) {
      return;
    }
    const rules = [
      ...namespaceTlsRules(snapshot, namespace),
      ...meshTlsRules(snapshot),
    ];
    if (!rules.some(rule => tlsOf(rule) === 'ISTIO_MUTUAL')) {
      yield {
        message: `${refOf(
          policy,
        )} has its namespace accept mutual TLS only, but no DestinationRule for the namespace or the mesh has clients send it (ISTIO_MUTUAL): write one, or turn on auto mTLS`,
        field: 'spec.mtls.mode',
      };
    }
  },
});
