import { HostRoutes, ServiceRoutes } from '../../contract/routing';
import { hasLabels } from '../../kubernetes/selectors';
import { because } from '../../mesh/answers';
import { HostSelection } from '../../mesh/MeshAdapter';
import { Workload } from '../../mesh/workloads';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { hostsOfEntry, ofEntry } from '../entryServices';
import { MeshService, servicesOfHost } from '../meshServices';
import { ServiceEntry } from '../objects';
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
  return entries.flatMap(entry =>
    hostsWithoutService(snapshot, entry).map(host => {
      const service = ofEntry(host, entry);
      const { namespace } = service;
      const seenFrom = from ?? { namespace };
      const ports = portsOf(snapshot, entry, service);
      return {
        service: {
          cluster: snapshot.cluster,
          namespace,
          name: host,
          kind: 'Hostname' as const,
        },
        seenFrom,
        ...routesOfHost(snapshot, service, ports, seenFrom),
      };
    }),
  );
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

function portsOf(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
  { ports }: MeshService,
): RoutedPort[] {
  return ports.map(({ protocol, ...port }, index) => ({
    ...port,
    protocol: {
      value: protocol,
      reasons: [
        because(
          RULE,
          protocol === 'detected'
            ? 'The port names no protocol that Istio knows, so it looks at the first bytes'
            : `protocol ${entry.spec?.ports?.[index].protocol} means ${protocol}`,
          {
            snapshot,
            kind: 'networking.istio.io/ServiceEntry',
            object: entry,
            field: `spec.ports[${index}].protocol`,
          },
        ),
      ],
    },
  }));
}
