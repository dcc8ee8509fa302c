import { namespaceOf } from '../../kubernetes/objects';
import { defineCheck } from '../check';
import { refOf } from '../naming';
import { isMeshWide, tlsOf } from '../wideTls';
import { writtenModes } from '../writtenModes';

/** Without auto mTLS: a DestinationRule has clients send mutual TLS to the whole mesh, and no PeerAuthentication of the mesh has servers take it. */
export const meshMtlsWithoutPolicy = defineCheck({
  code: 'KIA0205',
  level: 'error',
  title: 'Mutual TLS for the mesh without a PeerAuthentication',
  explanation:
    'Where auto mTLS is off, both sides have to be told: the DestinationRule has clients send mutual TLS everywhere, and no PeerAuthentication in the root namespace (STRICT or PERMISSIVE) says that servers take it. With auto mTLS neither is needed.',
  upstream:
    'destinationrules.MeshWideMTLSChecker, DestinationRulesChecker (Kiali)',
  mesh: 'istio',
  subject: 'networking.istio.io/DestinationRule',
  needs: ['ConfigMap', 'security.istio.io/PeerAuthentication'],
  *run(rule, snapshot) {
    if (tlsOf(rule) !== 'ISTIO_MUTUAL' || !isMeshWide(snapshot, rule)) {
      return;
    }
    const modes = writtenModes(snapshot, namespaceOf(rule));
    if (
      modes &&
      !modes.config.enableAutoMtls &&
      (!modes.mesh || modes.mesh.mode === 'DISABLE')
    ) {
      yield {
        message: `${refOf(
          rule,
        )} has clients send mutual TLS to the whole mesh, but no PeerAuthentication in ${
          modes.config.rootNamespace
        } has servers take it: write one (STRICT or PERMISSIVE), or turn on auto mTLS`,
        field: 'spec.trafficPolicy.tls.mode',
      };
    }
  },
});
