import { WorkloadRef } from '../contract/common';
import { Pod, WorkloadController } from '../kubernetes/core';
import { namespaceOf } from '../kubernetes/objects';
import { hasLabels } from '../kubernetes/selectors';
import { addTo } from '../snapshot/addTo';
import { defineGroups } from '../snapshot/defineGroups';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';
import {
  CONTROLLER_KINDS,
  controllersIn,
  replacedByRollouts,
} from './controllers';
import { isMachine } from './machineKinds';
import { machinesSelected, withMachines } from './machines';
import { hasEnded } from './hasEnded';

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

/**
 * The kinds of objects that workloads are found in.
 *
 * @public
 */
export const WORKLOAD_KINDS = [
  'Pod',
  ...CONTROLLER_KINDS,
  'networking.istio.io/WorkloadEntry',
] as const;

const podGroups = defineGroups('Pod', idOfWorkload);

function podsOfWorkloads(snapshot: MeshSnapshot, namespace: string) {
  return withMachines(snapshot, namespace, podGroups(snapshot, namespace));
}

/** By the pods or, where it has none, the controller that it was made of: the same workload as long as those are. */
const workloads = new WeakMap<object, Workload>();

function madeOnce(
  { cluster }: MeshSnapshot,
  namespace: string,
  id: string,
  pods: readonly Pod[] | undefined,
  controller: WorkloadController | undefined,
): Workload | undefined {
  const source = pods ?? controller;
  if (!source) {
    return undefined;
  }
  const known = workloads.get(source);
  if (known?.controller === controller && known?.ref.cluster === cluster) {
    return known;
  }
  const [kind, ...name] = id.split('/');
  const made = makeWorkload(
    { cluster, namespace, kind, name: name.join('/') },
    pods ?? [],
    controller,
  );
  workloads.set(source, made);
  return made;
}

interface WorkloadIndex {
  byKey: ReadonlyMap<string, Workload>;
  byName: ReadonlyMap<string, readonly Workload[]>;
}

const indexes = new WeakMap<object, WeakMap<object, WorkloadIndex>>();

function workloadIndex(
  snapshot: MeshSnapshot,
  namespace: string,
): WorkloadIndex {
  const pods = podsOfWorkloads(snapshot, namespace);
  const controllers = controllersIn(snapshot, namespace);
  const ofPods = indexes.get(pods) ?? new WeakMap<object, WorkloadIndex>();
  indexes.set(pods, ofPods);
  const known = ofPods.get(controllers);
  if (known) {
    return known;
  }
  const byKey = new Map<string, Workload>();
  const replaced = replacedByRollouts(snapshot, namespace);
  for (const key of new Set([...controllers.keys(), ...pods.keys()])) {
    if (replaced.has(key) && !pods.has(key)) {
      continue;
    }
    const workload = madeOnce(
      snapshot,
      namespace,
      key,
      pods.get(key),
      controllers.get(key),
    );
    if (workload) {
      byKey.set(key, workload);
    }
  }
  const made = { byKey, byName: groupByName(byKey.values()) };
  ofPods.set(controllers, made);
  return made;
}

function groupByName(all: Iterable<Workload>): Map<string, Workload[]> {
  const byName = new Map<string, Workload[]>();
  for (const workload of all) {
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

/** The namespace comes with its length, since names in files may have anything in them. */
const keyOfWorkload = (namespace: string, id: string) =>
  `${namespace.length} ${namespace}${id}`;

const askWorkload = defineQuestion<Workload | undefined>((snapshot, key) => {
  const start = key.indexOf(' ') + 1;
  const end = start + Number(key.slice(0, start));
  const namespace = key.slice(start, end);
  const id = key.slice(end);
  return madeOnce(
    snapshot,
    namespace,
    id,
    podsOfWorkloads(snapshot, namespace).get(id),
    controllersIn(snapshot, namespace).get(id),
  );
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
  return askWorkload(snapshot, keyOfWorkload(namespace, `${kind}/${name}`));
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

const askWithoutPods = defineQuestion<readonly Workload[]>(
  (snapshot, namespace) => {
    const pods = podsOfWorkloads(snapshot, namespace);
    const replaced = replacedByRollouts(snapshot, namespace);
    return [...controllersIn(snapshot, namespace)].flatMap(([id, controller]) =>
      pods.has(id) || replaced.has(id)
        ? []
        : madeOnce(snapshot, namespace, id, undefined, controller) ?? [],
    );
  },
  sameItems,
);

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
        : askWorkload(snapshot, keyOfWorkload(namespace, id));
    if (workload) {
      found.add(workload);
    }
  }
  const [first] = Object.entries(labels);
  for (const workload of askWithoutPods(snapshot, namespace)) {
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
 * plus the pod's `pod-template-hash`; a bare pod (or a machine of no group) is its own workload.
 *
 * @public
 */
export function workloadOf(pod: Pod): { kind: string; name: string } {
  const owner = pod.metadata.ownerReferences.find(ref => ref.controller);
  if (!owner) {
    return { kind: isMachine(pod) ? pod.kind : 'Pod', name: pod.metadata.name };
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

/** `Kind/name` of the workload of a pod; a pod that ended is of none. */
function idOfWorkload(pod: Pod): string | undefined {
  if (hasEnded(pod)) {
    return undefined;
  }
  const { kind, name } = workloadOf(pod);
  return `${kind}/${name}`;
}

function makeWorkload(
  ref: WorkloadRef,
  pods: readonly Pod[],
  controller: WorkloadController | undefined,
): Workload {
  const template = controller?.spec.template;
  const { metadata } = template ?? youngestOf(pods) ?? {};
  return {
    ref,
    labels: metadata?.labels ?? {},
    annotations: metadata?.annotations ?? {},
    serviceAccount:
      template?.spec.serviceAccountName ??
      youngestOf(pods)?.spec.serviceAccountName ??
      'default',
    pods,
    controller,
  };
}

function youngestOf(pods: readonly Pod[]): Pod | undefined {
  return pods.reduce<Pod | undefined>(
    (youngest, pod) =>
      youngest && timeOf(youngest) >= timeOf(pod) ? youngest : pod,
    undefined,
  );
}

function timeOf({ metadata }: Pod): string {
  return metadata.creationTimestamp ?? '';
}
