import { Reason } from '../contract/common';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import type { WaypointTarget } from './waypoint';

/**
 * Why requests to a Service go past its waypoint, whatever its labels say: ztunnels and gateways find a waypoint by the address
 * that is called, and a headless Service or an external name has none of its own. Its clients call pods, or places outside.
 *
 * Upstream: ztunnel src/proxy/outbound.rs, `build_request`; pilot/pkg/serviceregistry/ambient/services.go, `getVIPs`.
 */
export function withoutAddress(
  snapshot: MeshSnapshot,
  target: WaypointTarget,
): Reason | undefined {
  if (target.kind !== 'Service') {
    return undefined;
  }
  const { object } = target;
  const { clusterIP, type } = object.spec;
  const isHeadless = clusterIP === 'None';
  return isHeadless || type === 'ExternalName'
    ? because(
        'istio/waypoint',
        `The Service is ${
          isHeadless ? 'headless' : 'an external name'
        }: it has no address of its own by which clients would be led to a waypoint`,
        {
          snapshot,
          kind: 'Service',
          object,
          field: isHeadless ? 'spec.clusterIP' : 'spec.type',
        },
      )
    : undefined;
}
