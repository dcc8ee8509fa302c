import { istiodSetting } from '../../istio/controlPlane';
import { DEFAULT_ROOT_NAMESPACE } from '../../istio/meshSettings';
import { Gateway } from '../../istio/objects';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsAnywhere, podsIn } from '../workloadPods';

/** By which istiod's environment keeps Gateways to the pods of their own namespaces. */
const SCOPED = 'PILOT_SCOPE_GATEWAY_TO_NAMESPACE';

/** The pods that a Gateway configures: of whatever namespace, unless istiod is told otherwise. */
export function podsOfGateway(
  snapshot: MeshSnapshot,
  gateway: Gateway,
): IterableIterator<Pod> {
  const own = namespaceOf(gateway);
  const labels = gateway.spec?.selector ?? {};
  return istiodSetting(snapshot, SCOPED) === 'true'
    ? podsIn(snapshot, own, labels)
    : podsAnywhere(snapshot, labels, [own, DEFAULT_ROOT_NAMESPACE]);
}
