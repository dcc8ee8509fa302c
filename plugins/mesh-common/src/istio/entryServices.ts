import { namespaceOf } from '../kubernetes/objects';
import { isWildcard } from './hosts';
import { MeshService } from './MeshService';
import { ServiceEntry } from './objects';
import { parseProtocol } from './protocol';

/** The hosts of a ServiceEntry, each once. */
export function hostsOfEntry({ spec }: ServiceEntry): string[] {
  return [...new Set(spec?.hosts)];
}

/** A host of a ServiceEntry as the mesh sees it. */
export function ofEntry(host: string, entry: ServiceEntry): MeshService {
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
