import { addTo } from '../../snapshot/addTo';
import { defineIndex } from '../../snapshot/defineIndex';
import { defineQuestion, sameItems } from '../../snapshot/defineQuestion';
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

interface NamespaceIndex {
  /** By host as it is written, in lower case. */
  byHost: ReadonlyMap<string, readonly VirtualService[]>;
  wildcards: readonly { host: string; virtualService: VirtualService }[];
}

const index = defineIndex(
  ['networking.istio.io/VirtualService'],
  ({ objects }): NamespaceIndex => {
    const byHost = new Map<string, VirtualService[]>();
    const wildcards: { host: string; virtualService: VirtualService }[] = [];
    for (const virtualService of [
      ...objects('networking.istio.io/VirtualService'),
    ].sort(byAge)) {
      for (const written of virtualService.spec?.hosts ?? []) {
        const host = written.toLowerCase();
        if (isWildcard(host)) {
          wildcards.push({ host, virtualService });
        } else {
          addTo(byHost, host, virtualService);
        }
      }
    }
    return { byHost, wildcards };
  },
);

/** The VirtualServices of all namespaces that have one of these hosts just as it is written. */
export function virtualServicesWriting(
  snapshot: MeshSnapshot,
  hosts: readonly string[],
): VirtualService[] {
  return lookUp(snapshot, (_, { byHost }) =>
    hosts.flatMap(host => byHost.get(host) ?? []),
  );
}

/** The VirtualServices of all namespaces that name a host which a wildcard covers. */
export function virtualServicesWithin(
  snapshot: MeshSnapshot,
  wildcard: string,
): VirtualService[] {
  const domain = clusterDomain(snapshot);
  return lookUp(snapshot, (namespace, { byHost, wildcards }) => [
    ...[...byHost].flatMap(([host, found]) =>
      isSubsetOf(resolveHost(host, namespace, domain), wildcard) ? found : [],
    ),
    ...wildcards
      .filter(entry => isSubsetOf(entry.host, wildcard))
      .map(({ virtualService }) => virtualService),
  ]);
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
  find: (namespace: string, entries: NamespaceIndex) => VirtualService[],
): VirtualService[] {
  return [
    ...new Set(
      snapshot
        .namespacesOf('networking.istio.io/VirtualService')
        .flatMap(namespace => find(namespace, index(snapshot, namespace))),
    ),
  ];
}

function findOfHost(snapshot: MeshSnapshot, host: string): VirtualService[] {
  const service = parseServiceHost(host, clusterDomain(snapshot));
  return lookUp(snapshot, (namespace, { byHost, wildcards }) => [
    ...(byHost.get(host.toLowerCase()) ?? []),
    // A short name is one of the VirtualService's own namespace.
    ...(service?.namespace === namespace ? byHost.get(service.name) ?? [] : []),
    ...wildcards
      .filter(entry => isSubsetOf(host, entry.host))
      .map(({ virtualService }) => virtualService),
  ]);
}

const ofHost = defineQuestion<readonly VirtualService[]>(findOfHost, sameItems);

/** The VirtualServices of all namespaces that name a host, literally or by a wildcard. */
export function virtualServicesOfHost(
  snapshot: MeshSnapshot,
  host: string,
): VirtualService[] {
  return [...ofHost(snapshot, host)];
}
