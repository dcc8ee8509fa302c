import { WorkloadRef } from '../contract/common';
import { Pod, WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { addTo } from '../snapshot/addTo';
import { defineGroups } from '../snapshot/defineGroups';
import { defineIndex } from '../snapshot/defineIndex';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';

/**
 * Pods that one controller makes from one template, and the controller where it is of a kind that is read.
 *
 * @public
 */
export interface Workload {
  ref: WorkloadRef;
  /** The labels of its pods, as the template (or else the youngest pod) has them. */
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  serviceAccount: string;
  /** Pods that run or will: those that ended (Succeeded, Failed) are left out. */
  pods: readonly Pod[];
  controller?: WorkloadController;
}

const CONTROLLERS = [
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
] as const;

/** By `Kind/name` of what they belong to. */
const podsOfWorkloads = defineGroups('Pod', pod => {
  if (hasEnded(pod)) {
    return undefined;
  }
  const { kind, name } = workloadOf(pod);
  return `${kind}/${name}`;
});

const controllerIndex = defineIndex(
  CONTROLLERS,
  ({ objects }) =>
    new Map(
      CONTROLLERS.flatMap(kindId => objects(kindId)).map(controller => [
        `${controller.kind}/${controller.metadata.name}`,
        controller,
      ]),
    ),
);

interface WorkloadIndex {
  byKey: ReadonlyMap<string, Workload>;
  byName: ReadonlyMap<string, readonly Workload[]>;
  byPod: { get(pod: Pod): Workload | undefined };
  withoutPods: readonly Workload[];
}

const indexes = new WeakMap<object, WeakMap<object, WorkloadIndex>>();
/** By the pods that it was made of. */
const workloadsOfPods = new WeakMap<readonly Pod[], Workload>();

function workloadIndex(
  snapshot: MeshSnapshot,
  namespace: string,
): WorkloadIndex {
  const pods = podsOfWorkloads(snapshot, namespace);
  const controllers = controllerIndex(snapshot, namespace);
  const ofPods = indexes.get(pods) ?? new WeakMap<object, WorkloadIndex>();
  indexes.set(pods, ofPods);
  const known =
    ofPods.get(controllers) ??
    makeIndex({ cluster: snapshot.cluster, namespace }, pods, controllers);
  ofPods.set(controllers, known);
  return known;
}

function makeIndex(
  where: Pick<WorkloadRef, 'cluster' | 'namespace'>,
  pods: ReadonlyMap<string, readonly Pod[]>,
  controllers: ReadonlyMap<string, WorkloadController>,
): WorkloadIndex {
  const byKey = new Map<string, Workload>();
  for (const key of new Set([...controllers.keys(), ...pods.keys()])) {
    const [kind, ...name] = key.split('/');
    byKey.set(
      key,
      knownOrMade(
        { ...where, kind, name: name.join('/') },
        pods.get(key) ?? [],
        controllers.get(key),
      ),
    );
  }
  const all = [...byKey.values()];
  return {
    byKey,
    byName: groupByName(all),
    byPod: {
      get: pod => {
        const { kind, name } = workloadOf(pod);
        return hasEnded(pod) ? undefined : byKey.get(`${kind}/${name}`);
      },
    },
    withoutPods: all.filter(workload => workload.pods.length === 0),
  };
}

/** The same workload as before as long as its pods and its controller are. */
function knownOrMade(
  ref: WorkloadRef,
  pods: readonly Pod[],
  controller: WorkloadController | undefined,
): Workload {
  const known = workloadsOfPods.get(pods);
  if (known && known.controller === controller) {
    return known;
  }
  const made = makeWorkload(ref, pods, controller);
  workloadsOfPods.set(pods, made);
  return made;
}

function groupByName(workloads: Iterable<Workload>): Map<string, Workload[]> {
  const byName = new Map<string, Workload[]>();
  for (const workload of workloads) {
    addTo(byName, workload.ref.name, workload);
  }
  return byName;
}

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
  const [namespace, id] = key.split(' ');
  return workloadIndex(snapshot, namespace).byKey.get(id);
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
  return askWorkload(snapshot, `${namespace} ${kind}/${name}`);
}

/**
 * The namespaces that have workloads, with or without pods.
 *
 * @public
 */
export function namespacesWithWorkloads(snapshot: MeshSnapshot): Set<string> {
  return new Set(
    (['Pod', ...CONTROLLERS] as const).flatMap(kindId =>
      snapshot.namespacesOf(kindId),
    ),
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
  const { byPod, withoutPods } = workloadIndex(snapshot, namespace);
  // Pods that ended are of none.
  const found = new Set(
    podsWithLabels(snapshot, namespace, labels).flatMap(
      pod => byPod.get(pod) ?? [],
    ),
  );
  const [first] = Object.entries(labels);
  for (const workload of withoutPods) {
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
 * Kind and name of the controller of a pod. A ReplicaSet of a Deployment (or Rollout) is named after it
 * plus the pod's `pod-template-hash`; a bare pod is its own workload.
 *
 * @public
 */
export function workloadOf(pod: Pod): { kind: string; name: string } {
  const owner = pod.metadata.ownerReferences.find(ref => ref.controller);
  if (!owner) {
    return { kind: 'Pod', name: pod.metadata.name };
  }
  const hash =
    pod.metadata.labels['pod-template-hash'] ??
    pod.metadata.labels['rollouts-pod-template-hash'];
  if (owner.kind === 'ReplicaSet' && hash && owner.name.endsWith(`-${hash}`)) {
    return {
      kind: pod.metadata.labels['rollouts-pod-template-hash']
        ? 'Rollout'
        : 'Deployment',
      name: owner.name.slice(0, -hash.length - 1),
    };
  }
  return { kind: owner.kind, name: owner.name };
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

function hasEnded(pod: Pod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

function makeWorkload(
  ref: WorkloadRef,
  pods: readonly Pod[],
  controller: WorkloadController | undefined,
): Workload {
  const template = controller?.spec.template;
  const youngest = [...pods].sort((a, b) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ),
  )[0];
  return {
    ref,
    labels: template?.metadata.labels ?? youngest?.metadata.labels ?? {},
    annotations:
      template?.metadata.annotations ?? youngest?.metadata.annotations ?? {},
    serviceAccount:
      template?.spec.serviceAccountName ??
      youngest?.spec.serviceAccountName ??
      'default',
    pods,
    controller,
  };
}
