import { KIND_IDS, KindId } from '../kubernetes/kinds';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { defineQuestion } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotScope } from '../snapshot/SnapshotScope';
import { everyMeshConfig } from './meshConfig';

/** The kinds of Istio's own configuration. */
export const ISTIO_CONFIGURATION: readonly KindId[] = KIND_IDS.filter(kindId =>
  /^[a-z]+\.istio\.io\//.test(kindId),
);

/** Where istiod finds services, endpoints and configuration. What runs is known by the Pods themselves. */
const WATCHED: ReadonlySet<KindId> = new Set([
  ...ISTIO_CONFIGURATION,
  ...KIND_IDS.filter(
    kindId =>
      kindId === 'Service' || kindId.startsWith('gateway.networking.k8s.io/'),
  ),
]);

/**
 * The selectors of the namespaces that istiod watches; none: it watches all. Of several control planes one that
 * watches a namespace is enough.
 */
const selectors = defineQuestion<readonly LabelSelector[]>(
  snapshot => {
    const all = everyMeshConfig(snapshot).map(
      ({ discoverySelectors }) => discoverySelectors,
    );
    return all.every(list => list.length > 0) ? all.flat() : [];
  },
  (a, b) => JSON.stringify(a) === JSON.stringify(b),
);

/**
 * Whether istiod watches a namespace: mesh config's `discoverySelectors` are ORed and look at the labels of the
 * Namespace. What a namespace that it does not watch has of Services, endpoints and configuration is as if it were
 * not there; the injector does not look at the selectors.
 *
 * Upstream: pkg/kube/namespace/filter.go, `DiscoveryNamespacesFilter.Filter`, `selectorsChanged`.
 */
export function isDiscovered(
  snapshot: MeshSnapshot,
  namespace: string,
): boolean {
  const list = selectors(snapshot, '');
  if (list.length === 0) {
    return true;
  }
  const labels =
    snapshot.get('Namespace', undefined, namespace)?.metadata.labels ?? {};
  return list.some(selector => matchesSelector(labels, selector));
}

/** What istiod watches. */
export const WATCHED_BY_ISTIOD: SnapshotScope = {
  isWhole: snapshot => selectors(snapshot, '').length === 0,
  hides: (snapshot, kindId, namespace) =>
    namespace !== '' &&
    WATCHED.has(kindId) &&
    !isDiscovered(snapshot, namespace),
};

/** What istiod sees of a cluster. */
export function seenByIstiod(snapshot: MeshSnapshot): MeshSnapshot {
  return WATCHED_BY_ISTIOD.isWhole(snapshot)
    ? snapshot
    : snapshot.scoped(WATCHED_BY_ISTIOD);
}
