import { defineCheck } from '../check';
import { refOf } from '../naming';
import { strictPolicyAgainst } from '../strictPolicyAgainst';

/** A DestinationRule has clients send plaintext to a namespace or the mesh, where the mesh's PeerAuthentication is STRICT. */
export const plaintextToStrictMesh = defineCheck({
  code: 'KIA0208',
  level: 'error',
  title: 'DestinationRule disables TLS in a STRICT mesh',
  explanation:
    'The rule has clients send plaintext to every Service of a namespace or of the mesh, and the mesh accepts mutual TLS only: connections fail. Remove the TLS mode from the rule, or write a PeerAuthentication that accepts plaintext there.',
  upstream:
    'destinationrules.DisabledMeshWideMTLSChecker, destinationrules.DisabledNamespaceWideMTLSChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'security.istio.io/PeerAuthentication'],
  *run(rule, snapshot) {
    const strict = strictPolicyAgainst(snapshot, rule);
    if (strict?.scope === 'mesh') {
      yield {
        message: `${refOf(rule)} disables TLS for ${
          rule.spec?.host
        }, where ${refOf(
          strict.policy,
        )} of the mesh accepts mutual TLS only: connections fail`,
        field: 'spec.trafficPolicy.tls.mode',
      };
    }
  },
});
