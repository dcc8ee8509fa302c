import { Service } from '../../../kubernetes/core';
import { MeshSnapshot } from '../../../snapshot/MeshSnapshot';
import { compare, timeOf } from '../../age';
import { isVisibleFrom } from '../../exportTo';
import {
  MeshService,
  MeshServicePort,
  rivalsOf,
  servicesWithPort,
} from '../../meshServices';
import { RouteView } from '../../routing/view';
import { EgressListener, listenerImports } from '../../sidecarScope';

/** A service that the proxy of a client knows on a port, once for each address that it has. */
export interface PortService {
  service: MeshService;
  port: MeshServicePort;
  /** An IP address or a CIDR range. Absent: it has none of its own. */
  address?: string;
}

const UNSPECIFIED = '0.0.0.0';

/**
 * The services on a port that a listener imports, in the order in which they count: those that are exported by name
 * before the public ones, older ones first. Of a host that several namespaces have, only those of one count: the
 * client's own, else that of a Service, else of the first.
 *
 * Upstream: pilot/pkg/model/push_context.go, `servicesExportedToNamespace`; pilot/pkg/model/sidecar.go,
 * `selectServices`.
 */
export function servicesOnPort(
  snapshot: MeshSnapshot,
  listener: EgressListener,
  port: number,
  { namespace, config }: RouteView,
): PortService[] {
  const having = servicesWithPort(snapshot, port);
  // A listener of the port looks for services that have it; one of all ports chooses a namespace for the whole service.
  const rivals = listener.port === undefined ? rivalsOf(snapshot, having) : [];
  const imported = [...having, ...rivals]
    .filter(
      service =>
        isVisibleFrom(
          {
            exportTo: service.exportTo,
            defaults: config.defaultServiceExportTo,
            namespace: service.namespace,
          },
          namespace,
        ) && listenerImports(listener, service),
    )
    .map(service => ({
      service,
      isPublic: (service.exportTo?.length
        ? service.exportTo
        : config.defaultServiceExportTo
      ).includes('*'),
      time: ageOf(service),
      name: service.service?.metadata.name ?? service.host,
    }))
    .sort(
      (a, b) =>
        Number(a.isPublic) - Number(b.isPublic) ||
        compare(a.time, b.time) ||
        compare(a.name, b.name) ||
        compare(a.service.namespace, b.service.namespace),
    )
    .map(({ service }) => service);
  const places = chosenNamespaces(imported, namespace);
  return imported
    .filter(service => places.get(service.host) === service.namespace)
    .flatMap(service => onPort(service, port));
}

/** Whether a service is a name for another host, for which no listener is made. */
export function isAlias({ service, external }: MeshService): boolean {
  return service !== undefined && external;
}

function ageOf({ service, entry }: MeshService): number {
  const object = service ?? entry;
  return object ? timeOf(object) : 0;
}

function chosenNamespaces(
  services: readonly MeshService[],
  own: string,
): ReadonlyMap<string, string> {
  const chosen = new Map<string, MeshService>();
  for (const service of services) {
    const known = chosen.get(service.host);
    if (
      !known ||
      service.namespace === own ||
      (!known.service && service.service && known.namespace !== own)
    ) {
      chosen.set(service.host, service);
    }
  }
  return new Map([...chosen].map(([host, { namespace }]) => [host, namespace]));
}

function onPort(service: MeshService, number: number): PortService[] {
  const port = service.ports.find(candidate => candidate.port === number);
  if (!port) {
    return [];
  }
  const addresses = addressesOf(service);
  return addresses.length === 0
    ? [{ service, port }]
    : addresses.map(address => ({ service, port, address }));
}

/**
 * Where clients find a service, as far as it says so itself. A range of one address is that address; addresses that
 * istiod gives out only count for clients that it answers DNS for. A Service whose address the cluster has still to
 * choose, as in files, has its host in place of it: no other one will have it.
 *
 * Upstream: pilot/pkg/serviceregistry/serviceentry/conversion.go, `convertServices`; serviceregistry/kube/conversion.go,
 * `ConvertService`.
 */
export function addressesOf(found: MeshService): string[] {
  const { service, entry } = found;
  const written = service
    ? clusterAddresses(found, service)
    : entry?.spec?.addresses ?? [];
  return written
    .map(address => address.replace(/\/(32|128)$/, ''))
    .filter(address => address !== UNSPECIFIED);
}

function clusterAddresses(
  found: MeshService,
  { spec: { clusterIP, clusterIPs = [] } }: Service,
): string[] {
  if (clusterIP === 'None' || isAlias(found)) {
    return [];
  }
  return clusterIPs.length > 1 ? clusterIPs : [clusterIP || found.host];
}
