import { isVisibleFrom } from '../istio/exportTo';
import { isSubsetOf, isWildcard, overlaps } from '../istio/hosts';
import {
  entryHosts,
  MeshService,
  ofService,
  servicesOfHost,
} from '../istio/meshServices';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { settingsOfNamespace } from './namespaceMesh';

/**
 * Whether a Service or a ServiceEntry has a host, or some host that a wildcard covers. Where it is said who asks, what is
 * exported to none of these namespaces does not count.
 */
export function hostIsKnown(
  snapshot: MeshSnapshot,
  host: string,
  from?: readonly string[],
): boolean {
  if (servicesSeen(snapshot, host, from).length > 0) {
    return true;
  }
  for (const entry of entryHosts(snapshot)) {
    if (overlaps(entry.host, host) && isSeenFrom(snapshot, entry, from)) {
      return true;
    }
  }
  if (isWildcard(host)) {
    for (const service of snapshot.list('Service')) {
      const known = ofService(snapshot, service);
      if (isSubsetOf(known.host, host) && isSeenFrom(snapshot, known, from)) {
        return true;
      }
    }
  }
  return false;
}

/** The services of a host, without those that are exported to none of some namespaces, where these are given. */
export function servicesSeen(
  snapshot: MeshSnapshot,
  host: string,
  from?: readonly string[],
): MeshService[] {
  return servicesOfHost(snapshot, host).filter(service =>
    isSeenFrom(snapshot, service, from),
  );
}

/** Whether a service is exported to one of some namespaces. What is in the root namespace is for clients of all of them. */
export function isSeenFrom(
  snapshot: MeshSnapshot,
  { exportTo, namespace }: MeshService,
  from: readonly string[] | undefined,
): boolean {
  return (
    from === undefined ||
    from.some(place => {
      const { rootNamespace, defaultServiceExportTo: defaults = ['*'] } =
        settingsOfNamespace(snapshot, place) ?? {};
      return (
        place === rootNamespace ||
        isVisibleFrom({ exportTo, defaults, namespace }, place)
      );
    })
  );
}
