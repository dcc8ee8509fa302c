import { namespaceOf } from '../../kubernetes/objects';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { ServiceEntry } from '../objects';
import { podEndpoints } from './kubernetesEndpoints';
import { EndpointSource, ServiceEndpoint } from './ServiceEndpoint';
import {
  isCapableEntry,
  isHealthyEntry,
  workloadEntriesWithLabels,
  WrittenEndpoint,
} from './workloadEntries';

type EntryPort = NonNullable<
  NonNullable<ServiceEntry['spec']>['ports']
>[number];

const SOCKET = 'unix://';

/**
 * The endpoints of a port of a ServiceEntry: the pods and WorkloadEntries of its namespace that it selects, else
 * those that are written into it; of one that is looked up by DNS and has neither, the host itself. Undefined
 * where pods that it selects cannot be read.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `convertServiceEntryToInstances`.
 */
export function entryEndpoints(
  snapshot: MeshSnapshot,
  host: string,
  entry: ServiceEntry,
  port: EntryPort,
): ServiceEndpoint[] | undefined {
  const {
    workloadSelector,
    endpoints = [],
    resolution = '',
  } = entry.spec ?? {};
  if (workloadSelector) {
    return selected(snapshot, entry, workloadSelector.labels ?? {}, port);
  }
  const source = (field: string): EndpointSource => ({
    kind: 'networking.istio.io/ServiceEntry',
    object: entry,
    field,
  });
  if (endpoints.length === 0 && resolution.startsWith('DNS')) {
    return [
      {
        source: source('spec.resolution'),
        address: host,
        port: port.targetPort || port.number,
        labels: {},
        capable: false,
        ready: true,
      },
    ];
  }
  return endpoints.map((written, index) =>
    writtenEndpoint(
      source(`spec.endpoints[${index}]`),
      written,
      written.labels ?? {},
      port,
    ),
  );
}

function selected(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
  selector: Readonly<Record<string, string>>,
  port: EntryPort,
): ServiceEndpoint[] | undefined {
  if (snapshot.read('Pod').state !== 'read') {
    return undefined;
  }
  const namespace = namespaceOf(entry);
  return [
    ...podEndpoints(
      snapshot,
      namespace,
      selector,
      () => port.targetPort || port.number,
    ),
    ...workloadEntriesWithLabels(snapshot, namespace, selector).map(
      ({ entry: object, labels }) => ({
        ...writtenEndpoint(
          { kind: 'networking.istio.io/WorkloadEntry', object },
          object.spec ?? {},
          labels,
          port,
        ),
        ready: isHealthyEntry(object),
      }),
    ),
  ];
}

/**
 * The port is the one that the endpoint has under the name of the service's, else the service's target port.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `convertWorkloadInstanceToServiceInstance`.
 */
function writtenEndpoint(
  source: EndpointSource,
  { address = '', ports = {}, weight, serviceAccount }: WrittenEndpoint,
  labels: Readonly<Record<string, string>>,
  port: EntryPort,
): ServiceEndpoint {
  const isSocket = address.startsWith(SOCKET);
  return {
    source,
    ...(address && {
      address: isSocket ? address.slice(SOCKET.length) : address,
    }),
    port: isSocket
      ? 0
      : ports[port.name ?? ''] || port.targetPort || port.number,
    labels,
    capable: isCapableEntry(labels, serviceAccount),
    ...(weight !== undefined && weight > 1 && { weight }),
    ready: true,
  };
}
