import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { byAge } from '../age';
import {
  isSubsetOf,
  isWildcard,
  parseServiceHost,
  resolveHost,
} from '../hosts';
import { clusterDomain } from '../injectorConfig';
import { VirtualService } from '../objects';
import { destinationsOf } from './virtualServiceParts';

interface NamespaceIndex {
  /** By host as it is written, in lower case. */
  byHost: ReadonlyMap<string, readonly VirtualService[]>;
  wildcards: readonly { host: string; virtualService: VirtualService }[];
  /** By the host of a destination as it is written. */
  byDestination: ReadonlyMap<string, readonly VirtualService[]>;
}

const index = defineIndex(
  ['networking.istio.io/VirtualService'],
  ({ objects }): NamespaceIndex => {
    const byHost = new Map<string, VirtualService[]>();
    const byDestination = new Map<string, VirtualService[]>();
    const wildcards: { host: string; virtualService: VirtualService }[] = [];
    for (const virtualService of [
      ...objects('networking.istio.io/VirtualService'),
    ].sort(byAge)) {
      for (const written of virtualService.spec?.hosts ?? []) {
        const host = written.toLowerCase();
        if (isWildcard(host)) {
          wildcards.push({ host, virtualService });
        } else {
          add(byHost, host, virtualService);
        }
      }
      for (const host of new Set(
        destinationsOf(virtualService).map(destination => destination.host),
      )) {
        add(byDestination, host, virtualService);
      }
    }
    return { byHost, wildcards, byDestination };
  },
);

/** The VirtualServices of all namespaces that name a host, literally or by a wildcard. */
export function virtualServicesOfHost(
  snapshot: MeshSnapshot,
  host: string,
): VirtualService[] {
  return lookUp(snapshot, host, ({ byHost, wildcards }, names) => [
    ...names.flatMap(name => byHost.get(name) ?? []),
    ...wildcards
      .filter(entry => isSubsetOf(host, entry.host))
      .map(({ virtualService }) => virtualService),
  ]);
}

/** The VirtualServices of all namespaces that send requests to a host. */
export function virtualServicesTo(
  snapshot: MeshSnapshot,
  host: string,
): VirtualService[] {
  return lookUp(snapshot, host, ({ byDestination }, names) =>
    names.flatMap(name => byDestination.get(name) ?? []),
  );
}

/** The hosts of a VirtualService, resolved. */
export function hostsOf(
  snapshot: MeshSnapshot,
  { spec, metadata }: VirtualService,
): string[] {
  const domain = clusterDomain(snapshot);
  return (spec?.hosts ?? []).map(host =>
    resolveHost(host, metadata.namespace ?? '', domain),
  );
}

function lookUp(
  snapshot: MeshSnapshot,
  host: string,
  find: (
    entries: NamespaceIndex,
    names: readonly string[],
  ) => readonly VirtualService[],
): VirtualService[] {
  const service = parseServiceHost(host, clusterDomain(snapshot));
  const found = new Set<VirtualService>();
  for (const namespace of snapshot.namespacesOf(
    'networking.istio.io/VirtualService',
  )) {
    // A short name is one of the VirtualService's own namespace.
    const names =
      service?.namespace === namespace ? [host, service.name] : [host];
    for (const virtualService of find(index(snapshot, namespace), names)) {
      found.add(virtualService);
    }
  }
  return [...found];
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) {
    known.push(value);
  } else {
    map.set(key, [value]);
  }
}
