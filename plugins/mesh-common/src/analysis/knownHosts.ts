import { isSubsetOf, isWildcard, overlaps } from '../istio/hosts';
import { entryHosts, ofService, servicesOfHost } from '../istio/meshServices';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** Whether a Service or a ServiceEntry has a host, or some host that a wildcard covers. */
export function hostIsKnown(snapshot: MeshSnapshot, host: string): boolean {
  if (servicesOfHost(snapshot, host).length > 0) {
    return true;
  }
  for (const entry of entryHosts(snapshot)) {
    if (overlaps(entry.host, host)) {
      return true;
    }
  }
  if (isWildcard(host)) {
    for (const service of snapshot.list('Service')) {
      if (isSubsetOf(ofService(snapshot, service).host, host)) {
        return true;
      }
    }
  }
  return false;
}
