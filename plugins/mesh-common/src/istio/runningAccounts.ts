import { KindId, ObjectOf } from '../kubernetes/kinds';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { defineTally } from '../snapshot/defineTally';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { parseIdentity } from './identity';

/** The service accounts of one namespace that objects of a kind are, run under, or would run under if they had pods. */
function accountsOf<K extends KindId>(
  kindId: K,
  account: (object: ObjectOf<K>) => string | undefined,
) {
  const tallies = defineTally(kindId, object => account(object) || 'default');
  return { kindId, tallies };
}

const SOURCES = [
  // One that is there counts before anything runs under it: a rollout makes it first, and a job runs now and then.
  accountsOf('ServiceAccount', ({ metadata }) => metadata.name),
  accountsOf('Pod', ({ spec }) => spec.serviceAccountName),
  ...(['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'] as const).map(
    kindId =>
      accountsOf(kindId, ({ spec }) => spec.template.spec.serviceAccountName),
  ),
  accountsOf(
    'networking.istio.io/WorkloadEntry',
    ({ spec }) => spec?.serviceAccount,
  ),
];

const isAccount = defineQuestion(
  (snapshot, identity) => {
    const parsed = parseIdentity(identity);
    return (
      parsed !== undefined &&
      SOURCES.some(({ tallies }) =>
        tallies
          .inNamespace(snapshot, parsed.namespace)
          .has(parsed.serviceAccount),
      )
    );
  },
  (a, b) => a === b,
);

const allAccounts = defineQuestion(
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

/** Whether the service account of an identity exists in the cluster, or a workload names it, whatever its trust domain. */
export function runsAs(snapshot: MeshSnapshot, identity: string): boolean {
  return isAccount(snapshot, identity);
}

/**
 * The service accounts that exist in the cluster or that its workloads name, as identities have them after the trust domain
 * (`ns/NAMESPACE/sa/NAME`). For patterns alone: who asks depends on the workloads of all namespaces.
 */
export function runningAccounts(snapshot: MeshSnapshot): readonly string[] {
  return allAccounts(snapshot, '');
}
