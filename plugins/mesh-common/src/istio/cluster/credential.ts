import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { NO_CERTIFICATE } from '../backendTls/certificate';
import { istiodVersion } from '../controlPlane';
import { ClientTls } from '../objects';
import { Written } from '../trafficPolicy';
import { ClusterClient } from './target';

const CONFIG_MAP = 'configmap://';

/** given: as it is asked for. never: no connection comes about for want of it. plaintext: none is made with TLS. */
export interface CredentialGiven {
  value: 'given' | 'never' | 'plaintext' | 'unknown';
  /** What follows of it, as the rest of a sentence that begins with who asks for it. */
  text: string;
}

/**
 * What becomes of the certificates that client TLS names. One that is named by `credentialName` is not given to sidecars
 * by a rule that selects no workload, but for one in a ConfigMap: they then send plaintext. Where those of a
 * BackendTLSPolicy are not found, gateways and waypoints open no connection; sidecars sent plaintext until patches of Istio
 * 1.29, 1.30 and 1.31 made them refuse as well.
 *
 * Upstream: pilot/pkg/networking/core/cluster_tls.go, `buildUpstreamClusterTLSContext`; security advisory
 * GHSA-qm8v-g4f9-qhjx (ISTIO-SECURITY-2026-006).
 */
export function credentialGiven(
  snapshot: MeshSnapshot,
  { value: { credentialName = '' }, policy }: Written<ClientTls>,
  proxy: ClusterClient['proxy'],
  hasSelector: boolean,
): CredentialGiven {
  if (policy && credentialName === NO_CERTIFICATE) {
    return withoutCertificate(snapshot, proxy);
  }
  if (
    credentialName &&
    !credentialName.startsWith(CONFIG_MAP) &&
    proxy === 'sidecar' &&
    !hasSelector
  ) {
    return {
      value: 'plaintext',
      text: ` with credentialName ${credentialName}, which sidecars only get from a rule with a workloadSelector: this one sends plaintext`,
    };
  }
  return {
    value: 'given',
    text: ": the proxy speaks TLS of its own, not the mesh's",
  };
}

function withoutCertificate(
  snapshot: MeshSnapshot,
  proxy: ClusterClient['proxy'],
): CredentialGiven {
  const said = ', but its certificates are not found';
  if (proxy !== 'sidecar') {
    return {
      value: 'never',
      text: `${said}: the proxy opens no connection`,
    };
  }
  const [major = 1, minor] = istiodVersion(snapshot) ?? [];
  if (minor === undefined || (major === 1 && minor >= 29 && minor <= 31)) {
    return {
      value: 'unknown',
      text: `${said}: whether sidecars then send plaintext or nothing depends on the patch of Istio (ISTIO-SECURITY-2026-006)`,
    };
  }
  return major === 1 && minor < 29
    ? {
        value: 'plaintext',
        text: `${said}: sidecars of Istio up to 1.28 then send plaintext`,
      }
    : { value: 'never', text: `${said}: the proxy opens no connection` };
}
