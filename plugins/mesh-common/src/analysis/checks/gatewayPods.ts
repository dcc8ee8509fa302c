import { DEFAULT_ROOT_NAMESPACE } from '../../istio/meshConfig';
import { Gateway } from '../../istio/objects';
import { Pod } from '../../kubernetes/core';
import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { podsAnywhere } from '../workloadPods';

/** The pods that a Gateway configures, of whatever namespace. */
export function podsOfGateway(
  snapshot: MeshSnapshot,
  gateway: Gateway,
): IterableIterator<Pod> {
  return podsAnywhere(snapshot, gateway.spec?.selector ?? {}, [
    namespaceOf(gateway),
    DEFAULT_ROOT_NAMESPACE,
  ]);
}
