import { KindId, ObjectOf } from '../kubernetes/kinds';
import { namespaceOf } from '../kubernetes/objects';
import { defineClusterIndex } from '../snapshot/defineClusterIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';

/** Service accounts as identities have them, without the trust domain: `ns/NAMESPACE/sa/NAME`. */
function accountsOf<K extends KindId>(
  kindId: K,
  account: (object: ObjectOf<K>) => string | undefined,
) {
  return defineClusterIndex(
    kindId,
    objects =>
      new Set(
        objects.map(
          object =>
            `ns/${namespaceOf(object)}/sa/${account(object) || 'default'}`,
        ),
      ),
    parts => parts,
  );
}

const SOURCES = [
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

const question = defineQuestion(
  snapshot =>
    [
      ...new Set(
        SOURCES.flatMap(source =>
          source(snapshot).flatMap(accounts => [...accounts]),
        ),
      ),
    ].sort(),
  sameItems,
);

/** The service accounts that workloads of the cluster run under, or would if they had pods. */
export function runningAccounts(
  snapshot: Parameters<typeof question>[0],
): readonly string[] {
  return question(snapshot, '');
}
