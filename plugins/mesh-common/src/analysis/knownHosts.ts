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
 * Whether a Service or a ServiceEntry has a host, or some host that a wildcard covers. Where it is said who asks, a
 * Service that is not exported to this namespace does not count.
 */
export function hostIsKnown(
  snapshot: MeshSnapshot,
  host: string,
  from?: string,
): boolean {
  if (servicesSeen(snapshot, host, from).length > 0) {
    return true;
  }
  for (const entry of entryHosts(snapshot)) {
    if (overlaps(entry.host, host)) {
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

/** The services of a host, without those of Kubernetes that are not exported to a namespace, where one is given. */
export function servicesSeen(
  snapshot: MeshSnapshot,
  host: string,
  from?: string,
): MeshService[] {
  return servicesOfHost(snapshot, host).filter(service =>
    isSeenFrom(snapshot, service, from),
  );
}

/**
 * Whether a Service is exported to a namespace. What is in the root namespace is for clients of all of them. As Kiali has
 * it, of ServiceEntries nobody asks.
 */
export function isSeenFrom(
  snapshot: MeshSnapshot,
  { service, exportTo, namespace }: MeshService,
  from: string | undefined,
): boolean {
  if (!service || from === undefined) {
    return true;
  }
  const { rootNamespace, defaultServiceExportTo: defaults = ['*'] } =
    settingsOfNamespace(snapshot, from) ?? {};
  return (
    from === rootNamespace ||
    isVisibleFrom({ exportTo, defaults, namespace }, from)
  );
}
