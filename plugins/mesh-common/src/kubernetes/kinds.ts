import { z } from 'zod';
import { CANARY_KINDS } from '../canary/kinds';
import { CERT_MANAGER_KINDS } from '../cert-manager/kinds';
import { GATEWAY_API_KINDS } from '../gateway-api/kinds';
import { ISTIO_KINDS } from '../istio/kinds';
import { LINKERD_KINDS } from '../linkerd/kinds';
import { KindDefinition, KindId } from './defineKind';
import { KindObjects } from './KindObjects';
import { KUBERNETES_KINDS } from './ownKinds';

export type { KindDefinition, KindId } from './defineKind';

/**
 * The object type of each kind.
 *
 * @public
 */
export type ObjectOf<K extends KindId> = KindObjects[K];

/**
 * What is said of each kind.
 *
 * @public
 */
export type KindTable = {
  readonly [K in KindId]: KindDefinition<z.ZodType<KindObjects[K]>>;
};

/**
 * The table of kinds: everything that is read of a cluster (or of files alone, where it says so), and nothing else. Keys are `group/Kind`
 * (the core group: the kind alone), since kinds of different groups share names.
 *
 * @public
 */
export const KINDS: KindTable = {
  ...KUBERNETES_KINDS,
  ...ISTIO_KINDS,
  ...GATEWAY_API_KINDS,
  ...LINKERD_KINDS,
  ...CERT_MANAGER_KINDS,
  ...CANARY_KINDS,
};

/**
 * The keys of the table of kinds.
 *
 * @public
 */
export const KIND_IDS = Object.keys(KINDS) as KindId[];

/**
 * Why a kind is read of files alone; undefined for a kind that is read of clusters too.
 *
 * @public
 */
export function onlyInFiles(kindId: KindId): string | undefined {
  const definition: KindDefinition = KINDS[kindId];
  return definition.onlyInFiles;
}

/**
 * The kinds that are read of a cluster.
 *
 * @public
 */
export const CLUSTER_KIND_IDS: readonly KindId[] = KIND_IDS.filter(
  kindId => onlyInFiles(kindId) === undefined,
);

/**
 * Of the kinds that a cluster serves those that are read of it: without the ones that are of use only beside another, which
 * it does not serve.
 *
 * @public
 */
export function neededKinds<V>(
  served: ReadonlyMap<KindId, V>,
): ReadonlyMap<KindId, V> {
  return new Map(
    [...served].filter(([kindId]) => {
      const { onlyBeside }: KindDefinition = KINDS[kindId];
      return onlyBeside === undefined || served.has(onlyBeside);
    }),
  );
}

/**
 * Whether a string names a kind of the table.
 *
 * @public
 */
export function isKindId(id: string): id is KindId {
  return Object.hasOwn(KINDS, id);
}

/**
 * The key of a group and kind, or undefined where no rule reads that kind.
 *
 * @public
 */
export function kindIdOf(group: string, kind: string): KindId | undefined {
  const id = group === '' ? kind : `${group}/${kind}`;
  return isKindId(id) ? id : undefined;
}

/** The kinds of the meshes and the Gateway API whose name no other kind has, by name. */
const BY_NAME: ReadonlyMap<string, KindId> = new Map(
  KIND_IDS.filter(
    id =>
      KINDS[id].group.includes('.') &&
      !KINDS[id].group.endsWith('.k8s.io') &&
      KIND_IDS.every(
        other => other === id || KINDS[other].kind !== KINDS[id].kind,
      ),
  ).map(id => [KINDS[id].kind, id]),
);

/**
 * The kind that is meant by an object of a group that does not have it, such as a ServiceProfile written as `v1`. The
 * core group alone is looked at: the kinds of others may be anybody's.
 *
 * @public
 */
export function meantKindId(group: string, kind: string): KindId | undefined {
  return group === '' ? BY_NAME.get(kind) : undefined;
}
