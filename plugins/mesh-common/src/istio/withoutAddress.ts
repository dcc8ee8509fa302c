import { Reason } from '../contract/common';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import type { ServiceEntry } from './objects';
import type { WaypointTarget } from './waypoint';

const AUTO_ALLOCATE = 'networking.istio.io/enable-autoallocate-ip';

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
    return entryWithoutAddress(snapshot, target.object);
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

/**
 * A ServiceEntry without addresses is given one, but for those whose clients look up the host themselves, and those that ask
 * for none.
 *
 * Upstream: pilot/pkg/networking/serviceentry/serviceentry.go, `ShouldV2AutoAllocateIP`.
 */
function entryWithoutAddress(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
): Reason | undefined {
  const { addresses = [], resolution = 'NONE' } = entry.spec ?? {};
  const isLeftOut = entry.metadata.labels[AUTO_ALLOCATE] === 'false';
  return addresses.length === 0 && (resolution === 'NONE' || isLeftOut)
    ? because(
        'istio/waypoint',
        `The ServiceEntry has no addresses, and ${
          isLeftOut ? `${AUTO_ALLOCATE}: false` : 'its resolution NONE'
        } keeps it from getting one: its hosts have no address by which clients would be led to a waypoint`,
        {
          snapshot,
          kind: 'networking.istio.io/ServiceEntry',
          object: entry,
          field: isLeftOut ? 'metadata.labels' : 'spec.resolution',
        },
      )
    : undefined;
}
