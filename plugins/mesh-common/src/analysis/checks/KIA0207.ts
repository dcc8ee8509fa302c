import { defineCheck } from '../check';
import { refOf } from '../naming';
import { strictPolicyAgainst } from '../strictPolicyAgainst';

/** A DestinationRule has clients send plaintext to all Services of its namespace, whose PeerAuthentication is STRICT. */
export const plaintextToStrictNamespace = defineCheck({
  code: 'KIA0207',
  level: 'error',
  title: 'DestinationRule disables TLS for a STRICT namespace',
  explanation:
    'The rule has clients send plaintext to every Service of the namespace, and the namespace accepts mutual TLS only: connections fail. Remove the TLS mode from the rule, or make the PeerAuthentication PERMISSIVE.',
  upstream:
    'destinationrules.DisabledNamespaceWideMTLSChecker, DestinationRulesChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'security.istio.io/PeerAuthentication'],
  *run(rule, snapshot) {
    const strict = strictPolicyAgainst(snapshot, rule);
    if (strict?.scope === 'namespace') {
      yield {
        message: `${refOf(
          rule,
        )} disables TLS for its whole namespace, where ${refOf(
          strict.policy,
        )} accepts mutual TLS only: connections fail`,
        field: 'spec.trafficPolicy.tls.mode',
      };
    }
  },
});
