import { DestinationRule } from '../../istio/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { AnyCheck, CheckFinding, defineCheck } from '../check';
import { refOf } from '../naming';
import { strictPolicyAgainst } from '../strictPolicyAgainst';
import { isMeshWide } from '../wideTls';

const COMMON = {
  code: 'KIA0208',
  level: 'error',
  title: 'DestinationRule disables TLS in a STRICT mesh',
  explanation:
    'The rule has clients send plaintext to every Service of a namespace or of the mesh, and the mesh accepts mutual TLS only: connections fail. Remove the TLS mode from the rule, or write a PeerAuthentication that accepts plaintext there.',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'security.istio.io/PeerAuthentication'],
} as const;

/** A DestinationRule has clients send plaintext to a namespace or the mesh, where the mesh's PeerAuthentication is STRICT. */
function* plaintextTo(
  scope: 'mesh' | 'namespace',
  rule: DestinationRule,
  snapshot: MeshSnapshot,
): Iterable<CheckFinding> {
  const strict = strictPolicyAgainst(snapshot, rule);
  if (
    strict?.scope === 'mesh' &&
    isMeshWide(snapshot, rule) === (scope === 'mesh')
  ) {
    yield {
      message: `${refOf(rule)} disables TLS for ${
        rule.spec?.host
      }, where ${refOf(
        strict.policy,
      )} of the mesh accepts mutual TLS only: connections fail`,
      field: 'spec.trafficPolicy.tls.mode',
    };
  }
}

/** One check for rules of the whole mesh, one for those of a namespace, as Kiali has them. */
export const plaintextToStrictMesh: readonly AnyCheck[] = [
  defineCheck({
    ...COMMON,
    upstream:
      'destinationrules.DisabledMeshWideMTLSChecker, DestinationRulesChecker (Kiali)',
    run: (rule, snapshot) => plaintextTo('mesh', rule, snapshot),
  }),
  defineCheck({
    ...COMMON,
    upstream:
      'destinationrules.DisabledNamespaceWideMTLSChecker, DestinationRulesChecker (Kiali)',
    run: (rule, snapshot) => plaintextTo('namespace', rule, snapshot),
  }),
];
