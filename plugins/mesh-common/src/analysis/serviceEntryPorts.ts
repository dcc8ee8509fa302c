import { ServiceEntry } from '../istio/objects';
import { namespaceOf } from '../kubernetes/objects';
import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** A ServiceEntry that has a host and port, with the protocol that it gives it. */
export interface PortUse {
  entry: ServiceEntry;
  protocol: string;
  scopes: readonly string[];
}

const usesByHostPort = defineIndex(
  ['networking.istio.io/ServiceEntry'],
  ({ objects }) => {
    const uses = new Map<string, PortUse[]>();
    for (const entry of objects('networking.istio.io/ServiceEntry')) {
      const scopes = scopesOf(entry);
      for (const { key, protocol } of hostPorts(entry)) {
        uses.set(key, [...(uses.get(key) ?? []), { entry, protocol, scopes }]);
      }
    }
    return uses;
  },
);

/** The ServiceEntries, the given one among them, that some client of it sees with this host and port. */
export function usesOf(
  snapshot: MeshSnapshot,
  entry: ServiceEntry,
  key: string,
): PortUse[] {
  const own = scopesOf(entry);
  return snapshot
    .namespacesOf('networking.istio.io/ServiceEntry')
    .flatMap(namespace => usesByHostPort(snapshot, namespace).get(key) ?? [])
    .filter(({ scopes }) => overlap(own, scopes));
}

/**
 * Each port of each host. One without a protocol is not one of TCP: proxies look at its connections
 * (istio/istio pkg/config/protocol/instance.go: Parse).
 */
export function hostPorts({ spec }: ServiceEntry) {
  return (spec?.hosts ?? []).flatMap(host =>
    (spec?.ports ?? []).map(({ number, protocol = '' }, index) => ({
      key: `${host} ${number}`,
      host,
      port: number,
      index,
      protocol: protocol.toUpperCase(),
    })),
  );
}

function scopesOf(entry: ServiceEntry): string[] {
  const exportTo = entry.spec?.exportTo ?? [];
  return exportTo.length === 0 || exportTo.includes('*')
    ? ['*']
    : exportTo.map(place => (place === '.' ? namespaceOf(entry) : place));
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.includes('*') || b.includes('*') || a.some(one => b.includes(one));
}
