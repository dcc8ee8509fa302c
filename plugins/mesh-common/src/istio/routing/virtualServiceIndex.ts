import { namespaceOf } from '../../kubernetes/objects';
import { addTo } from '../../snapshot/addTo';
import { defineClusterIndex } from '../../snapshot/defineClusterIndex';
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

/** A VirtualService, as one that is for a host. */
interface Entry {
  /** As it is written, in lower case. */
  host: string;
  virtualService: VirtualService;
}

interface HostIndex {
  /** Those that are no wildcards. */
  byHost: ReadonlyMap<string, readonly VirtualService[]>;
  wildcards: readonly Entry[];
}

const index = defineClusterIndex(
  'networking.istio.io/VirtualService',
  objects =>
    objects.flatMap(virtualService =>
      (virtualService.spec?.hosts ?? []).map(
        (written): Entry => ({ host: written.toLowerCase(), virtualService }),
      ),
    ),
  (parts): HostIndex => {
    const byHost = new Map<string, VirtualService[]>();
    const wildcards: Entry[] = [];
    for (const entry of parts
      .flat()
      .sort((a, b) => byAge(a.virtualService, b.virtualService))) {
      if (isWildcard(entry.host)) {
        wildcards.push(entry);
      } else {
        addTo(byHost, entry.host, entry.virtualService);
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
  const { byHost } = index(snapshot);
  return [...new Set(hosts.flatMap(host => byHost.get(host) ?? []))];
}

/** The VirtualServices of all namespaces that name a host which a wildcard covers. */
export function virtualServicesWithin(
  snapshot: MeshSnapshot,
  wildcard: string,
): VirtualService[] {
  const domain = clusterDomain(snapshot);
  const { byHost, wildcards } = index(snapshot);
  return [
    ...new Set([
      ...[...byHost].flatMap(([host, found]) =>
        found.filter(object =>
          isSubsetOf(resolveHost(host, namespaceOf(object), domain), wildcard),
        ),
      ),
      ...wildcards
        .filter(entry => isSubsetOf(entry.host, wildcard))
        .map(({ virtualService }) => virtualService),
    ]),
  ];
}

/** The hosts of a VirtualService, resolved. */
export function hostsOf(
  snapshot: MeshSnapshot,
  virtualService: VirtualService,
): string[] {
  const domain = clusterDomain(snapshot);
  const namespace = namespaceOf(virtualService);
  return (virtualService.spec?.hosts ?? []).map(host =>
    resolveHost(host, namespace, domain),
  );
}

function findOfHost(snapshot: MeshSnapshot, host: string): VirtualService[] {
  const service = parseServiceHost(host, clusterDomain(snapshot));
  const { byHost, wildcards } = index(snapshot);
  // A short name is one of the VirtualService's own namespace.
  const short = (service && byHost.get(service.name)) ?? [];
  return [
    ...new Set([
      ...(byHost.get(host.toLowerCase()) ?? []),
      ...short.filter(object => namespaceOf(object) === service?.namespace),
      ...wildcards
        .filter(entry => isSubsetOf(host, entry.host))
        .map(({ virtualService }) => virtualService),
    ]),
  ];
}

const ofHost = defineQuestion<readonly VirtualService[]>(findOfHost, sameItems);

/** The VirtualServices of all namespaces that name a host, literally or by a wildcard. */
export function virtualServicesOfHost(
  snapshot: MeshSnapshot,
  host: string,
): VirtualService[] {
  return [...ofHost(snapshot, host)];
}
