import { BundleFault, bundleFaults } from '../../kubernetes/bundleFaults';
import { bundleKeys } from '../../kubernetes/certificateBundle';
import { ConfigMap } from '../../kubernetes/core';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';

/** The ConfigMap of the trust anchors. */
export const TRUST_ROOTS = 'linkerd-identity-trust-roots';

/** Its key. */
export const BUNDLE = 'ca-bundle.crt';

/** The trust anchors of a control plane; undefined where they are not there. */
export function trustRoots(
  snapshot: MeshSnapshot,
  namespace: string,
): { configMap: ConfigMap; pem: string } | undefined {
  const configMap = snapshot.get('ConfigMap', namespace, TRUST_ROOTS);
  const pem = configMap && bundleOf(configMap);
  return configMap && pem !== undefined ? { configMap, pem } : undefined;
}

/** The bundle in a ConfigMap, where that is the one of the trust anchors. */
export function bundleOf({ metadata, data }: ConfigMap): string | undefined {
  return metadata.name === TRUST_ROOTS ? data?.[BUNDLE] : undefined;
}

/** Something that is wrong with the trust anchors: refused, they do not work at all; else some of them may be missing. */
export interface TrustRootsProblem {
  refused: boolean;
  text: string;
}

/**
 * What is wrong with the text of the trust anchors. linkerd-identity does not start with a certificate that it cannot
 * read or with text after the last block, reads nothing after a block that is no certificate, and passes over what
 * stands between. Keys are ECDSA of P-256, or RSA.
 *
 * Upstream: pkg/tls/codec.go, `DecodePEMCertPool`; controller/cmd/identity/main.go; pkg/healthcheck, "trust anchors are
 * using supported crypto algorithm" (l5d-identity-trustAnchors-use-supported-crypto).
 */
export function trustRootsProblems(pem: string): TrustRootsProblem[] {
  return [
    ...bundleFaults(pem).map(problemOf),
    ...bundleKeys(pem).flatMap((key, index) =>
      key === 'other'
        ? {
            refused: true,
            text: `certificate ${
              index + 1
            } has a key that is neither of ECDSA P-256 nor of RSA, which Linkerd does not take as a trust anchor`,
          }
        : [],
    ),
  ];
}

const NO_START =
  'linkerd-identity does not start with it, and proxies get no certificates';

function problemOf(fault: BundleFault): TrustRootsProblem {
  switch (fault.fault) {
    case 'empty':
      return { refused: true, text: `there is no certificate: ${NO_START}` };
    case 'unreadable':
      return {
        refused: true,
        text: `certificate ${fault.certificate} cannot be read: ${NO_START}. Write it anew, or take it out`,
      };
    case 'unended':
      return {
        refused: false,
        text: `the certificate that begins in line ${fault.line} does not end: it is passed over, and trusted by nobody`,
      };
    case 'other-block':
      return {
        refused: !fault.last,
        text: `line ${fault.line} begins a ${
          fault.label
        }, which is no certificate: ${
          fault.last
            ? 'take it out'
            : 'what follows it is not read. Take it out'
        }${
          /KEY/.test(fault.label)
            ? ', and make new anchors, since everybody who may read ConfigMaps has the key'
            : ''
        }`,
      };
    case 'text-between':
      return {
        refused: false,
        text: `line ${fault.line} is neither a certificate nor a part of one, and passed over: if it is what is left of one, nobody trusts that. Take it out`,
      };
    default:
      return {
        refused: true,
        text: `line ${fault.line}, after the last certificate, is text: ${NO_START}. Take it out`,
      };
  }
}
