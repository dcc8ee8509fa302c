import {
  BUNDLE,
  bundleOf,
  trustRootsProblems,
} from '../../linkerd/control-plane/trustRoots';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const trustAnchorsUnclean = defineCheck({
  code: 'MESH-L0603',
  level: 'error',
  title: 'The bundle of trust anchors is not as it must be',
  aliases: ['l5d-identity-trustAnchors-use-supported-crypto'],
  explanation:
    'The trust anchors are certificates in PEM blocks and nothing else. What reads them differs in what it forgives: linkerd-identity does not start with text after the last block, reads nothing after a block of another kind, and silently passes over what stands between blocks, a certificate that is cut off included. Their keys are ECDSA of P-256, or RSA.',
  upstream: 'pkg/tls/codec.go, DecodePEMCertPool (linkerd2)',
  mesh: 'linkerd',
  subject: 'ConfigMap',
  needs: [],
  *run(configMap) {
    const pem = bundleOf(configMap);
    if (pem === undefined) {
      return;
    }
    for (const { refused, text } of trustRootsProblems(pem)) {
      yield {
        message: `In data.${BUNDLE} of ${refOf(configMap)} ${text}`,
        field: `data.${BUNDLE}`,
        level: refused ? 'error' : 'warning',
      };
    }
  },
});
