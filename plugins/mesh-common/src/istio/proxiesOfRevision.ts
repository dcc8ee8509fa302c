import { defineIndex } from '../snapshot/defineIndex';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { injectedRevision, proxyVersion } from './pods';

const proxyIndex = defineIndex(['Pod'], ({ objects }) => {
  const found = new Map<string, Map<string, number>>();
  for (const pod of objects('Pod')) {
    const version = proxyVersion(pod);
    if (version) {
      const revision = injectedRevision(pod) ?? 'default';
      const versions = found.get(revision) ?? new Map<string, number>();
      versions.set(version, (versions.get(version) ?? 0) + 1);
      found.set(revision, versions);
    }
  }
  return found;
});

/** How many pods run each version of the proxy, of those whose proxy the injector of a revision made. */
export function proxiesOfRevision(
  snapshot: MeshSnapshot,
  revision: string,
): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const namespace of snapshot.namespacesOf('Pod')) {
    for (const [version, pods] of proxyIndex(snapshot, namespace).get(
      revision,
    ) ?? []) {
      total.set(version, (total.get(version) ?? 0) + pods);
    }
  }
  return total;
}
