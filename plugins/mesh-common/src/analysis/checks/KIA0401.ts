import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { settingsOfNamespace } from '../namespaceMesh';
import { meshTlsRules, tlsOf } from '../wideTls';
import { isInRoot, wholeMode } from '../writtenModes';

/** Without auto mTLS: the mesh is STRICT, and no DestinationRule has all clients send mutual TLS. */
export const strictMeshWithoutRule = defineCheck({
  code: 'KIA0401',
  level: 'error',
  title: 'STRICT mesh whose clients send plaintext',
  explanation:
    'Where auto mTLS is off, both sides have to be told: the PeerAuthentication has servers take mutual TLS only, and no DestinationRule for the whole mesh (one whose host takes in every Service) has clients send it. With auto mTLS no rule is needed.',
  upstream:
    'peerauthentications.MeshMtlsChecker, PeerAuthenticationChecker (Kiali)',
  mesh: 'istio',
  subject: 'security.istio.io/PeerAuthentication',
  needs: ['ConfigMap', 'networking.istio.io/DestinationRule'],
  *run(policy, snapshot) {
    if (wholeMode(policy) !== 'STRICT') {
      return;
    }
    const config = settingsOfNamespace(snapshot, namespaceOf(policy));
    if (
      config &&
      !config.enableAutoMtls &&
      isInRoot(config, policy) &&
      !meshTlsRules(snapshot).some(rule => tlsOf(rule) === 'ISTIO_MUTUAL')
    ) {
      yield {
        message: `${refOf(
          policy,
        )} has the whole mesh accept mutual TLS only, but no DestinationRule with the host *.local has clients send it (ISTIO_MUTUAL): write one, or turn on auto mTLS`,
        field: 'spec.mtls.mode',
      };
    }
  },
});
