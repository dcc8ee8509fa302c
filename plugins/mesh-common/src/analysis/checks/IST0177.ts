import { ServiceEntry } from '../../istio/objects';
import { namespaceOf } from '../../kubernetes/objects';
import { defineIndex } from '../../snapshot/defineIndex';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { defineCheck } from '../check';
import { fullNameOf } from '../naming';

interface Use {
  entry: ServiceEntry;
  protocol: string;
  scopes: readonly string[];
}

const usesByHostPort = defineIndex(
  ['networking.istio.io/ServiceEntry'],
  ({ objects }) => {
    const uses = new Map<string, Use[]>();
    for (const entry of objects('networking.istio.io/ServiceEntry')) {
      const scopes = scopesOf(entry);
      for (const { key, protocol } of hostPorts(entry)) {
        uses.set(key, [...(uses.get(key) ?? []), { entry, protocol, scopes }]);
      }
    }
    return uses;
  },
);

/** ServiceEntries that the same clients see give one port of a host different protocols. */
export const conflictingProtocols = defineCheck({
  code: 'IST0177',
  level: 'warning',
  title: 'ServiceEntries disagree about the protocol of a port',
  explanation:
    'Several ServiceEntries that the same clients see have one host and port, with different protocols. Proxies use one of them, and which one is not for you to choose: requests may be treated as bytes, or TLS as plaintext. Agree on one protocol, or restrict exportTo.',
  upstream:
    'serviceentry.ConflictingServiceEntryProtocolAnalyzer (istioctl, from 1.31)',
  mesh: 'istio',
  subject: 'networking.istio.io/ServiceEntry',
  needs: [],
  *run(entry, snapshot) {
    const own = scopesOf(entry);
    for (const { key, host, port } of hostPorts(entry)) {
      const uses = usesOf(snapshot, key).filter(({ scopes }) =>
        overlap(own, scopes),
      );
      const protocols = [...new Set(uses.map(({ protocol }) => protocol))];
      if (protocols.length > 1) {
        const names = new Set(uses.map(use => fullNameOf(use.entry)));
        yield {
          message: `ServiceEntry ${[...names]
            .sort()
            .join(', ')}: port ${port} of ${host} is ${protocols
            .sort()
            .join(
              ' and ',
            )}: give it one protocol, or let no client see both (exportTo)`,
          field: 'spec.ports',
        };
        return;
      }
    }
  },
});

function usesOf(snapshot: MeshSnapshot, key: string): Use[] {
  return snapshot
    .namespacesOf('networking.istio.io/ServiceEntry')
    .flatMap(namespace => usesByHostPort(snapshot, namespace).get(key) ?? []);
}

function hostPorts({ spec }: ServiceEntry) {
  return (spec?.hosts ?? []).flatMap(host =>
    (spec?.ports ?? []).map(({ number, protocol = '' }) => ({
      key: `${host} ${number}`,
      host,
      port: number,
      protocol: protocol.toUpperCase() || 'TCP',
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
