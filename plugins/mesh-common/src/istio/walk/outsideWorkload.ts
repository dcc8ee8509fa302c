import { Pod } from '../../kubernetes/core';
import { EndpointSource } from '../cluster/ServiceEndpoint';
import { isCapableEntry, writtenWorkload } from '../cluster/workloadEntries';
import { machinePod } from '../machines';

/**
 * A workload outside the cluster (a virtual machine) that clients take for one with a proxy, as a pod that policies and
 * Services select by its labels. Undefined for one of which nothing says that a proxy runs there.
 */
export function outsideWorkload(source: EndpointSource): Pod | undefined {
  const found = writtenWorkload(source);
  return found &&
    source.kind !== 'Pod' &&
    isCapableEntry(found.labels, found.written.serviceAccount)
    ? machinePod({ object: source.object, ...found })
    : undefined;
}
