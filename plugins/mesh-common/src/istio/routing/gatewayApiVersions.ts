import { KindId } from '../../kubernetes/kinds';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { istiodSetting, istiodVersion } from '../controlPlane';

const SETTING = 'PILOT_ENABLE_ALPHA_GATEWAY_API';

/** The minor version of Istio 1 from which a kind is read without the setting. */
const SINCE: Partial<Record<KindId, number>> = {
  'gateway.networking.k8s.io/TLSRoute': 30,
  'gateway.networking.k8s.io/TCPRoute': 31,
  'gateway.networking.k8s.io/BackendTLSPolicy': 28,
};

/**
 * Why istiod does not read objects of a kind of the Gateway API at all: up to Istio 1.27 BackendTLSPolicies, up to 1.29
 * TLSRoutes, up to 1.30 TCPRoutes, are read only where the experimental part of the Gateway API is switched on. Where the version is not known they are
 * taken as read.
 *
 * Upstream: pilot/pkg/config/kube/gateway/controller.go, `NewController`; pilot/pkg/features, `EnableAlphaGatewayAPI`.
 */
export function whyNotRead(
  snapshot: MeshSnapshot,
  kind: KindId,
): string | undefined {
  const since = SINCE[kind];
  const version = istiodVersion(snapshot);
  if (
    since === undefined ||
    version === undefined ||
    version[0] > 1 ||
    version[1] >= since
  ) {
    return undefined;
  }
  const name = kind.slice(kind.lastIndexOf('/') + 1);
  return istiodSetting(snapshot, SETTING) === 'true'
    ? undefined
    : `Istio reads ${name}s without ${SETTING} from 1.${since} on, and this one is ${version.join(
        '.',
      )}`;
}
