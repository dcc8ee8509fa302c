import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isNamespaceWide, tlsOf } from '../wideTls';
import { WrittenMode, writtenModes } from '../writtenModes';

/** Without auto mTLS: a DestinationRule has clients send mutual TLS to its whole namespace, and no PeerAuthentication has servers take it. */
export const namespaceMtlsWithoutPolicy = defineCheck({
  code: 'KIA0206',
  level: 'error',
  title: 'Mutual TLS for a namespace without a PeerAuthentication',
  explanation:
    'Where auto mTLS is off, both sides have to be told: the DestinationRule has clients send mutual TLS to every Service of the namespace, and no PeerAuthentication of the namespace or the mesh (STRICT or PERMISSIVE) says that servers take it. With auto mTLS neither is needed.',
  upstream:
    'destinationrules.NamespaceWideMTLSChecker, DestinationRulesChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'security.istio.io/PeerAuthentication'],
  *run(rule, snapshot) {
    if (tlsOf(rule) !== 'ISTIO_MUTUAL' || !isNamespaceWide(snapshot, rule)) {
      return;
    }
    const modes = writtenModes(snapshot, namespaceOf(rule));
    if (
      modes &&
      !modes.config.enableAutoMtls &&
      !takesMutual(modes.namespace) &&
      !takesMutual(modes.mesh)
    ) {
      yield {
        message: `${refOf(
          rule,
        )} has clients send mutual TLS to its whole namespace, but no PeerAuthentication of the namespace or the mesh has servers take it: write one (STRICT or PERMISSIVE), or turn on auto mTLS`,
        field: 'spec.trafficPolicy.tls.mode',
      };
    }
  },
});

function takesMutual(written: WrittenMode | undefined): boolean {
  return written !== undefined && written.mode !== 'DISABLE';
}
