import { Reason } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { istiodSetting } from './controlPlane';
import { ingressListeners } from './ingressListeners';
import { nameOf } from './peerAuthentication';
import { injectedRevision } from './pods';

const RULE = 'istio/sidecar-ingress-tls';
const SETTING = 'ENABLE_TLS_ON_SIDECAR_INGRESS';

/**
 * Why the proxy ends TLS on a port with a certificate of the workload's own: a Sidecar's `ingress` has `tls` for it,
 * istiod is told to honour that, and the mode in effect on the port is DISABLE (with any other mode the mesh's mutual
 * TLS stays). Undefined where it does not.
 *
 * Upstream: pilot/pkg/networking/core/listener_inbound.go, `buildInboundListeners`, with the feature
 * `ENABLE_TLS_ON_SIDECAR_INGRESS`, which is off by default.
 */
export function ingressTls(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
): Reason | undefined {
  const setting = istiodSetting(snapshot, SETTING, injectedRevision(pod));
  if (setting !== 'true') {
    return undefined;
  }
  const { sidecar, listeners } = ingressListeners(snapshot, pod);
  const index = listeners.findIndex(entry => entry.port?.number === port);
  const mode = listeners[index]?.tls?.mode;
  return sidecar && index >= 0 && mode
    ? because(
        RULE,
        `${nameOf(
          sidecar,
        )} has TLS of its own (${mode}) for port ${port}, which istiod honours (${SETTING}) where mutual TLS is DISABLE`,
        {
          snapshot,
          kind: 'networking.istio.io/Sidecar',
          object: sidecar,
          field: `spec.ingress[${index}].tls`,
        },
      )
    : undefined;
}
