import { KindId, ObjectOf } from '../kubernetes/kinds';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { defineTally } from '../snapshot/defineTally';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** A service account of a namespace. */
export interface Account {
  namespace: string;
  name: string;
}

/** The service accounts under which objects of a kind run, or would run if they had pods. */
function runUnder<K extends KindId>(
  kindId: K,
  account: (object: ObjectOf<K>) => string | undefined,
) {
  const tallies = defineTally(kindId, object => account(object) || 'default');
  return { kindId, tallies };
}

const WORKLOADS = [
  runUnder('Pod', ({ spec }) => spec.serviceAccountName),
  ...(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'] as const).map(
    kindId =>
      runUnder(kindId, ({ spec }) => spec.template.spec.serviceAccountName),
  ),
  runUnder(
    'networking.istio.io/WorkloadEntry',
    ({ spec }) => spec?.serviceAccount,
  ),
];

const SOURCES = [
  // One that is there counts before anything runs under it: a rollout makes it first, and a job runs now and then.
  runUnder('ServiceAccount', ({ metadata }) => metadata.name),
  ...WORKLOADS,
];

const isThere = defineQuestion((snapshot, key) => {
  const [namespace, name]: string[] = JSON.parse(key);
  return SOURCES.some(({ tallies }) =>
    tallies.inNamespace(snapshot, namespace).has(name),
  );
}, Object.is);

const hasAny = defineQuestion(
  (snapshot, namespace) =>
    WORKLOADS.some(
      ({ tallies }) => tallies.inNamespace(snapshot, namespace).size > 0,
    ),
  Object.is,
);

const all = defineQuestion(
  snapshot =>
    [
      ...new Set(
        SOURCES.flatMap(({ kindId, tallies }) =>
          snapshot
            .namespacesOf(kindId)
            .flatMap(namespace =>
              [...tallies.inNamespace(snapshot, namespace).keys()].map(
                name => `ns/${namespace}/sa/${name}`,
              ),
            ),
        ),
      ),
    ].sort(),
  sameItems,
);

/** Whether a service account exists in the cluster, or a workload names it. */
export function isAccount(
  snapshot: MeshSnapshot,
  { namespace, name }: Account,
): boolean {
  return isThere(snapshot, JSON.stringify([namespace, name]));
}

/** Whether there is any workload in a namespace. */
export function hasWorkloads(
  snapshot: MeshSnapshot,
  namespace: string,
): boolean {
  return hasAny(snapshot, namespace);
}

/**
 * The service accounts that exist in the cluster or that its workloads name, as identities have them after the trust domain
 * (`ns/NAMESPACE/sa/NAME`). For patterns alone: who asks depends on the workloads of all namespaces.
 */
export function allAccounts(snapshot: MeshSnapshot): readonly string[] {
  return all(snapshot, '');
}
