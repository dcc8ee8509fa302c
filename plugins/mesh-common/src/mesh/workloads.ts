import { WorkloadRef } from '../contract/common';
import { Pod } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import { CONTROLLER_KINDS } from './controllers';
import { SINGLE_MACHINE_KINDS } from './machineKinds';
import { machinesSelected } from './machines';
import {
  idOfWorkload,
  makeWorkload,
  Workload,
  workloadAt,
  workloadIndex,
  workloadOf,
  workloadsWithoutPods,
} from './workloadIndex';

export { type Workload, workloadOf };

/**
 * The kinds of objects that workloads are found in.
 *
 * @public
 */
export const WORKLOAD_KINDS = [
  'Pod',
  ...CONTROLLER_KINDS,
  ...SINGLE_MACHINE_KINDS,
] as const;

/**
 * The workloads of a namespace by `Kind/name`.
 *
 * @public
 */
export function workloadsIn(
  snapshot: MeshSnapshot,
  namespace: string,
): ReadonlyMap<string, Workload> {
  return workloadIndex(snapshot, namespace).byKey;
}

const askWorkload = defineQuestion<Workload | undefined>((snapshot, key) => {
  const [namespace, id]: [string, string] = JSON.parse(key);
  return workloadAt(snapshot, namespace, id);
}, Object.is);

/**
 * The workload of a name and kind. Who asks depends on this one, and not on all workloads of the namespace.
 *
 * @public
 */
export function findWorkload(
  snapshot: MeshSnapshot,
  { namespace, kind, name }: Omit<WorkloadRef, 'cluster'>,
): Workload | undefined {
  return askWorkload(snapshot, JSON.stringify([namespace, `${kind}/${name}`]));
}

/**
 * Tells a workload apart from all others, of all clusters: `cluster/namespace/kind/name`.
 *
 * @public
 */
export function workloadKey({
  cluster,
  namespace,
  kind,
  name,
}: WorkloadRef): string {
  return `${cluster}/${namespace}/${kind}/${name}`;
}

/**
 * Each workload once, in the order in which they are first named.
 *
 * @public
 */
export function distinctWorkloads(
  workloads: readonly WorkloadRef[],
): WorkloadRef[] {
  return [...new Map(workloads.map(ref => [workloadKey(ref), ref])).values()];
}

/**
 * The namespaces that have workloads, with or without pods.
 *
 * @public
 */
export function namespacesWithWorkloads(snapshot: MeshSnapshot): Set<string> {
  return new Set(
    WORKLOAD_KINDS.flatMap(kindId => snapshot.namespacesOf(kindId)),
  );
}

/**
 * All workloads of the cluster.
 *
 * @public
 */
export function* allWorkloads(
  snapshot: MeshSnapshot,
): IterableIterator<Workload> {
  for (const namespace of namespacesWithWorkloads(snapshot)) {
    yield* workloadsIn(snapshot, namespace).values();
  }
}

/**
 * The workload that a pod belongs to.
 *
 * @public
 */
export function workloadOfPod(snapshot: MeshSnapshot, pod: Pod): Workload {
  const { kind, name } = workloadOf(pod);
  const namespace = namespaceOf(pod);
  return (
    findWorkload(snapshot, { namespace, kind, name }) ??
    makeWorkload(
      { cluster: snapshot.cluster, namespace, kind, name },
      [pod],
      undefined,
    )
  );
}

/**
 * The workload of this name, of whatever kind, as metrics name workloads; a Deployment where several have it.
 *
 * @public
 */
export function workloadNamed(
  snapshot: MeshSnapshot,
  namespace: string,
  name: string,
): Workload | undefined {
  const named = workloadIndex(snapshot, namespace).byName.get(name) ?? [];
  return named.find(({ ref }) => ref.kind === 'Deployment') ?? named[0];
}

const askWorkloads = defineQuestion<readonly Workload[]>((snapshot, key) => {
  const [namespace, labels]: [string, Record<string, string>] = JSON.parse(key);
  const found = new Set<Workload>();
  for (const id of new Set([
    ...podsWithLabels(snapshot, namespace, labels).map(idOfWorkload),
    ...machinesSelected(snapshot, namespace, { matchLabels: labels }),
  ])) {
    const workload =
      id === undefined
        ? undefined
        : askWorkload(snapshot, JSON.stringify([namespace, id]));
    if (workload) {
      found.add(workload);
    }
  }
  const [first] = Object.entries(labels);
  for (const workload of workloadsWithoutPods(snapshot, namespace)) {
    // Most differ in the first one already.
    if (
      (!first || workload.labels[first[0]] === first[1]) &&
      hasLabels(workload.labels, labels)
    ) {
      found.add(workload);
    }
  }
  return [...found];
}, sameItems);

/**
 * The workloads whose pods carry all these labels, as a Service's selector asks.
 *
 * @public
 */
export function workloadsWithLabels(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Workload[] {
  return [...askWorkloads(snapshot, JSON.stringify([namespace, labels]))];
}

/**
 * Whether a pod is ready, as its condition says.
 *
 * @public
 */
export function isReady(pod: Pod): boolean {
  return (
    pod.status?.conditions.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}
