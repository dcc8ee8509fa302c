import { Answer } from '../../contract/common';
import { HostRoutes, ServiceRoutes } from '../../contract/routing';
import { namespaceOf } from '../../kubernetes/objects';
import { hasLabels } from '../../kubernetes/selectors';
import { because } from '../../mesh/answers';
import { HostSelection } from '../../mesh/MeshAdapter';
import { Workload } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { hostsOfEntry, ofEntry } from '../entryServices';
import { servicesOfHost } from '../meshServices';
import { ServiceEntry } from '../objects';
import { parseProtocol, Protocol } from '../protocol';
import { RoutedPort, routesOfHost } from './serviceRoutes';

const RULE = 'istio/protocol';

/**
 * The effective routes to the hosts of ServiceEntries, from a place, else from their own namespace: of those that select a
 * workload (its pods, or machines that are WorkloadEntries), or of all.
 *
 * Upstream: networking/v1/service_entry.proto, `workload_selector`.
 */
export function hostRoutes(
  snapshot: MeshSnapshot,
  of: HostSelection,
  from?: ServiceRoutes['seenFrom'],
): HostRoutes[] {
  const entries =
    'workload' in of
      ? entriesSelecting(snapshot, of.workload)
      : [...snapshot.list('networking.istio.io/ServiceEntry', of.namespace)];
  return entries.flatMap(entry => {
    const ports = portsOf(snapshot, entry);
    const seenFrom = from ?? { namespace: namespaceOf(entry) };
    return hostsWithoutService(snapshot, entry).map(host => ({
      service: {
        cluster: snapshot.cluster,
        namespace: namespaceOf(entry),
        name: host,
        kind: 'Hostname' as const,
      },
      seenFrom,
      ...routesOfHost(snapshot, ofEntry(host, entry), ports, seenFrom),
    }));
  });
}

/** An entry may claim the host of anybody's Service, which says nothing of who may see its routes. */
function hostsWithoutService(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
): string[] {
  return hostsOfEntry(entry).filter(host =>
    servicesOfHost(snapshot, host).every(({ service }) => !service),
  );
}

function entriesSelecting(
  snapshot: MeshSnapshot,
  { ref: { namespace }, labels }: Workload,
): ServiceEntry[] {
  return [
    ...snapshot.list('networking.istio.io/ServiceEntry', namespace),
  ].filter(({ spec }) => {
    const selector = spec?.workloadSelector?.labels ?? {};
    return Object.keys(selector).length > 0 && hasLabels(labels, selector);
  });
}

function portsOf(snapshot: MeshSnapshot, entry: ServiceEntry): RoutedPort[] {
  return (entry.spec?.ports ?? []).map(
    ({ number, name, protocol = '' }, index) => ({
      port: number,
      ...(name && { name }),
      protocol: protocolOf(snapshot, entry, protocol, index),
    }),
  );
}

function protocolOf(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
  written: string,
  index: number,
): Answer<Protocol> {
  const value = parseProtocol(written);
  return {
    value: value ?? 'detected',
    reasons: [
      because(
        RULE,
        value
          ? `protocol ${written} means ${value}`
          : 'The port names no protocol that Istio knows, so it looks at the first bytes',
        {
          snapshot,
          kind: 'networking.istio.io/ServiceEntry',
          object: entry,
          field: `spec.ports[${index}].protocol`,
        },
      ),
    ],
  };
}
