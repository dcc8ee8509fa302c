import { defineTally } from '../snapshot/defineTally';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { injectedRevision, proxyVersion } from './pods';

/** By the version of the proxy and, where its pod says that, the revision whose injector made it. */
const proxyTallies = defineTally('Pod', pod => {
  const version = proxyVersion(pod);
  return version && JSON.stringify([version, injectedRevision(pod)]);
});

interface Proxies {
  version: string;
  revision: string | undefined;
  pods: number;
}

function proxies(snapshot: MeshSnapshot): Proxies[] {
  return [...proxyTallies.inAll(snapshot)].map(([key, pods]) => {
    const [version, revision]: [string, string | null] = JSON.parse(key);
    return { version, revision: revision ?? undefined, pods };
  });
}

/** How many pods run each version of the proxy, of those whose proxy the injector of a revision made. */
export function proxiesOfRevision(
  snapshot: MeshSnapshot,
  revision: string,
): ReadonlyMap<string, number> {
  const total = new Map<string, number>();
  for (const { version, pods, ...found } of proxies(snapshot)) {
    if ((found.revision ?? 'default') === revision) {
      total.set(version, (total.get(version) ?? 0) + pods);
    }
  }
  return total;
}

/** The revisions whose injectors made the proxies that run, as far as their pods say. */
export function revisionsOfProxies(snapshot: MeshSnapshot): string[] {
  return [
    ...new Set(proxies(snapshot).flatMap(({ revision }) => revision ?? [])),
  ].sort();
}
