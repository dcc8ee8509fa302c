import { addTo } from '../snapshot/addTo';
import { defineClusterIndex } from '../snapshot/defineClusterIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { byAge, compare } from './age';
import { hostsOfEntry, ofEntry } from './entryServices';
import { isVisibleFrom } from './exportTo';
import { parseServiceHost } from './hosts';
import { clusterDomain } from './injectorConfig';
import { ofService } from './kubernetesServices';
import { MeshConfig } from './meshConfig';
import { MeshService } from './MeshService';
import { ofPeers } from './peerServices';

export { ofService } from './kubernetesServices';
export type { MeshService, MeshServicePort } from './MeshService';
export { servicesWithPort } from './servicesByPort';

/** The hosts of ServiceEntries, each with all that are for it, older first. */
const entryIndex = defineClusterIndex(
  'networking.istio.io/ServiceEntry',
  entries =>
    entries.flatMap(entry =>
      hostsOfEntry(entry).map(host => ({
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
    ...(parsed && !service ? ofPeers(snapshot, parsed) : []),
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

/** The other services of the hosts of some: ServiceEntries may claim any host, that of a Service as well. */
export function rivalsOf(
  snapshot: MeshSnapshot,
  services: readonly MeshService[],
): MeshService[] {
  const entries = entryIndex(snapshot);
  const hosts = new Set(services.map(({ host }) => host));
  const known = new Set(services.map(sourceOf));
  return [...hosts]
    .filter(host => entries.has(host))
    .flatMap(host => servicesOfHost(snapshot, host))
    .filter(service => !known.has(sourceOf(service)));
}

function sourceOf({ service, entry }: MeshService): object | undefined {
  return service ?? entry;
}

/** The hosts of ServiceEntries, wildcards among them, of all namespaces. */
export function* entryHosts(
  snapshot: MeshSnapshot,
): IterableIterator<MeshService> {
  for (const services of entryIndex(snapshot).values()) {
    yield* services;
  }
}
