import { Service } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { addTo } from '../snapshot/addTo';
import { defineClusterIndex } from '../snapshot/defineClusterIndex';
import { defineIndex } from '../snapshot/defineIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge, compare } from './age';
import { isVisibleFrom } from './exportTo';
import { isWildcard, parseServiceHost, serviceHost } from './hosts';
import { clusterDomain } from './injectorConfig';
import { MeshConfig } from './meshConfig';
import { ServiceEntry } from './objects';
import { parseProtocol, Protocol, protocolOf } from './protocol';

/**
 * A port of a service of the mesh.
 *
 * @public
 */
export interface MeshServicePort {
  port: number;
  name?: string;
  protocol: Protocol;
}

/**
 * A host that the mesh knows: of a Kubernetes Service, or of a ServiceEntry.
 *
 * @public
 */
export interface MeshService {
  host: string;
  namespace: string;
  ports: readonly MeshServicePort[];
  /** Outside the mesh: its endpoints have no proxies of this mesh. */
  external: boolean;
  /** endpoints: the proxy picks one. original-destination: the client has picked one. dns: it is looked up. */
  resolution: 'endpoints' | 'original-destination' | 'dns';
  exportTo?: readonly string[];
  service?: Service;
  entry?: ServiceEntry;
}

const EXPORT_ANNOTATION = 'networking.istio.io/exportTo';

/** The hosts of ServiceEntries, each with all that are for it, older first. */
const entryIndex = defineClusterIndex(
  'networking.istio.io/ServiceEntry',
  entries =>
    entries.flatMap(entry =>
      (entry.spec?.hosts ?? []).map(host => ({
        entry,
        service: ofEntry(host, entry),
      })),
    ),
  parts => {
    const byHost = new Map<string, MeshService[]>();
    for (const { service } of parts
      .flat()
      .sort((a, b) => byAge(a.entry, b.entry))) {
      addTo(byHost, service.host, service);
    }
    return byHost;
  },
);

/** A Kubernetes Service as the mesh sees it. */
export function ofService(
  snapshot: MeshSnapshot,
  service: Service,
): MeshService {
  return inDomain(service, clusterDomain(snapshot));
}

/** What has been made of Services, which is the same as long as they and the cluster's domain are. */
const made = new WeakMap<Service, { domain: string; found: MeshService }>();

function inDomain(service: Service, domain: string): MeshService {
  const known = made.get(service);
  if (known?.domain === domain) {
    return known.found;
  }
  const found = madeOf(service, domain);
  made.set(service, { domain, found });
  return found;
}

function madeOf(service: Service, domain: string): MeshService {
  const namespace = namespaceOf(service);
  const { name, annotations } = service.metadata;
  const { spec } = service;
  const exportTo = annotations[EXPORT_ANNOTATION];
  const external = spec.type === 'ExternalName' && Boolean(spec.externalName);
  return {
    host: serviceHost({ name, namespace }, domain),
    namespace,
    ports: spec.ports.map(port => ({
      port: port.port,
      ...(port.name && { name: port.name }),
      protocol: protocolOf(port),
    })),
    external,
    resolution: resolutionOf(spec.clusterIP === 'None', external),
    ...(exportTo && {
      exportTo: exportTo.split(',').map(target => target.trim()),
    }),
    service,
  };
}

/**
 * The service that a host means where a client of a namespace is routed to it: of several, that of the
 * client's own namespace (whether it is exported there or not), else that of Kubernetes, else the oldest
 * ServiceEntry's, if it is visible. A Sidecar that imports some of them leaves only those to choose from.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `collectImportedServices`, `pickBestVisibleNamespace`.
 */
export function findService(
  snapshot: MeshSnapshot,
  host: string,
  from: string | undefined,
  config: Pick<MeshConfig, 'defaultServiceExportTo'>,
  isImported: (candidate: MeshService) => boolean = () => false,
): MeshService | undefined {
  const all = servicesOfHost(snapshot, host);
  const visible = all.filter(candidate =>
    isVisibleFrom(
      {
        exportTo: candidate.exportTo,
        defaults: config.defaultServiceExportTo,
        namespace: candidate.namespace,
      },
      from,
    ),
  );
  const imported = visible.filter(isImported);
  const found =
    imported.length > 0
      ? imported.find(({ namespace }) => namespace === from) ?? imported[0]
      : all.find(({ namespace }) => namespace === from) ?? visible[0];
  return found && withPortsOfOthers(found, all);
}

/**
 * ServiceEntries of one host and namespace that agree in everything else act as one with the ports of all; of
 * a port that several have, the oldest counts.
 *
 * Upstream: pilot/pkg/model/sidecar.go, `appendSidecarServices`, `canMergeServices`.
 */
function withPortsOfOthers(
  service: MeshService,
  all: readonly MeshService[],
): MeshService {
  const { entry } = service;
  if (!entry) {
    return service;
  }
  const ports = new Map(service.ports.map(port => [port.port, port]));
  for (const other of all) {
    if (
      other.entry &&
      other !== service &&
      mergeKey(other) === mergeKey(service)
    ) {
      for (const port of other.ports) {
        ports.set(port.port, ports.get(port.port) ?? port);
      }
    }
  }
  return { ...service, ports: [...ports.values()] };
}

function mergeKey({ namespace, entry, exportTo = [] }: MeshService): string {
  const sorted = (labels: Readonly<Record<string, string>> = {}) =>
    Object.entries(labels).sort(([a], [b]) => compare(a, b));
  return JSON.stringify([
    namespace,
    entry?.spec?.resolution ?? 'NONE',
    sorted(entry?.metadata.labels),
    sorted(entry?.spec?.workloadSelector?.labels),
    [...exportTo].sort(compare),
  ]);
}

const ofHost = defineQuestion<readonly MeshService[]>((snapshot, host) => {
  const parsed = parseServiceHost(host, clusterDomain(snapshot));
  const service =
    parsed && snapshot.get('Service', parsed.namespace, parsed.name);
  return [
    ...(service ? [ofService(snapshot, service)] : []),
    ...(entryIndex(snapshot).get(host) ?? []),
  ];
}, sameItems);

/** Every service of a host, that of Kubernetes first, then the entries, older first. */
export function servicesOfHost(
  snapshot: MeshSnapshot,
  host: string,
): readonly MeshService[] {
  return ofHost(snapshot, host);
}

/** Services and ServiceEntries of a namespace by their ports. */
const portIndex = defineIndex(
  ['Service', 'networking.istio.io/ServiceEntry'],
  ({ objects }) => {
    const byPort = new Map<
      number,
      { services: Service[]; entries: ServiceEntry[] }
    >();
    const at = (port: number) => {
      const known = byPort.get(port) ?? { services: [], entries: [] };
      byPort.set(port, known);
      return known;
    };
    for (const service of objects('Service')) {
      for (const port of new Set(service.spec.ports.map(one => one.port))) {
        at(port).services.push(service);
      }
    }
    for (const entry of objects('networking.istio.io/ServiceEntry')) {
      for (const port of new Set(
        (entry.spec?.ports ?? []).map(({ number }) => number),
      )) {
        at(port).entries.push(entry);
      }
    }
    return byPort;
  },
);

/** Every service that has a port, of all namespaces. */
export function servicesWithPort(
  snapshot: MeshSnapshot,
  port: number,
): MeshService[] {
  const namespaces = new Set([
    ...snapshot.namespacesOf('Service'),
    ...snapshot.namespacesOf('networking.istio.io/ServiceEntry'),
  ]);
  const domain = clusterDomain(snapshot);
  return [...namespaces].flatMap(namespace => {
    const found = portIndex(snapshot, namespace).get(port);
    return found
      ? [
          ...found.services.map(service => inDomain(service, domain)),
          ...found.entries.flatMap(entry =>
            (entry.spec?.hosts ?? []).map(host => ofEntry(host, entry)),
          ),
        ]
      : [];
  });
}

/** The hosts of ServiceEntries, wildcards among them, of all namespaces. */
export function* entryHosts(
  snapshot: MeshSnapshot,
): IterableIterator<MeshService> {
  for (const services of entryIndex(snapshot).values()) {
    yield* services;
  }
}

function resolutionOf(
  headless: boolean,
  external: boolean,
): MeshService['resolution'] {
  if (external) {
    return 'dns';
  }
  return headless ? 'original-destination' : 'endpoints';
}

function ofEntry(host: string, entry: ServiceEntry): MeshService {
  const {
    ports = [],
    location,
    resolution = 'NONE',
    exportTo,
  } = entry.spec ?? {};
  return {
    host,
    namespace: namespaceOf(entry),
    ports: ports.map(({ number, name, protocol }) => ({
      port: number,
      ...(name && { name }),
      protocol: parseProtocol(protocol ?? '') ?? 'detected',
    })),
    external: location !== 'MESH_INTERNAL',
    resolution: entryResolution(resolution, host),
    ...(exportTo && { exportTo }),
    entry,
  };
}

function entryResolution(
  resolution: string,
  host: string,
): MeshService['resolution'] {
  if (resolution === 'STATIC') {
    return 'endpoints';
  }
  return resolution.startsWith('DNS') && !isWildcard(host)
    ? 'dns'
    : 'original-destination';
}
