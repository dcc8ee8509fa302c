import { KindId, ObjectOf } from '../kubernetes/kinds';
import { namespaceOf } from '../kubernetes/objects';
import { defineClusterIndex } from '../snapshot/defineClusterIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { domainsOf, TrustSettings } from './authorization/trustDomains';
import { meshConfig } from './meshConfig';

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

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

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

/** The service accounts that workloads of the cluster run under, or would if they had pods; in order. */
export function runningAccounts(snapshot: MeshSnapshot): readonly string[] {
  return question(snapshot, '');
}

/** Whether an account is among them. */
export function hasAccount(
  accounts: readonly string[],
  account: string,
): boolean {
  const known = sets.get(accounts) ?? new Set(accounts);
  sets.set(accounts, known);
  return known.has(account);
}

/** Who the workloads of a cluster are. */
export interface ClusterIdentities extends TrustSettings {
  cluster: string;
  accounts: readonly string[];
}

const elsewhere = defineQuestion<readonly ClusterIdentities[]>(
  snapshot =>
    snapshot.peers().flatMap(peer => {
      const mesh = meshConfig(peer);
      return mesh.state === 'read'
        ? [
            {
              cluster: peer.cluster,
              trustDomain: mesh.config.trustDomain,
              trustDomainAliases: mesh.config.trustDomainAliases,
              accounts: runningAccounts(peer),
            },
          ]
        : [];
    }),
  (a, b) =>
    a.length === b.length &&
    a.every(
      (one, index) =>
        one.cluster === b[index].cluster &&
        sameItems(domainsOf(one), domainsOf(b[index])) &&
        sameItems(one.accounts, b[index].accounts),
    ),
);

/** Who the workloads of the other clusters of the mesh are, where the trust domain there is known. */
export function identitiesElsewhere(
  snapshot: MeshSnapshot,
): readonly ClusterIdentities[] {
  return elsewhere(snapshot, '');
}
