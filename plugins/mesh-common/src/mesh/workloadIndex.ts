import { WorkloadRef } from '../contract/common';
import { Pod, WorkloadController } from '../kubernetes/core';
import { addTo } from '../snapshot/addTo';
import { defineGroups } from '../snapshot/defineGroups';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { controllersIn, replacedByRollouts } from './controllers';
import { hasEnded } from './hasEnded';
import { isMachine } from './machineKinds';
import { withMachines } from './machines';

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

/**
 * The workload of a namespace that is called `Kind/name`, of the pods and the controller of this name. What a Rollout replaces
 * is none once it has no pods.
 */
export function workloadAt(
  snapshot: MeshSnapshot,
  namespace: string,
  id: string,
): Workload | undefined {
  const pods = podsOfWorkloads(snapshot, namespace).get(id);
  return !pods && replacedByRollouts(snapshot, namespace).has(id)
    ? undefined
    : madeOnce(
        snapshot,
        namespace,
        id,
        pods,
        controllersIn(snapshot, namespace).get(id),
      );
}

/** The workloads of a namespace that have a controller and no pods: the same list as long as those are the same. */
export const workloadsWithoutPods = defineQuestion<readonly Workload[]>(
  (snapshot, namespace) => {
    const pods = podsOfWorkloads(snapshot, namespace);
    return [...controllersIn(snapshot, namespace).keys()].flatMap(id =>
      pods.has(id) ? [] : workloadAt(snapshot, namespace, id) ?? [],
    );
  },
  sameItems,
);

interface WorkloadIndex {
  byKey: ReadonlyMap<string, Workload>;
  byName: ReadonlyMap<string, readonly Workload[]>;
}

const indexes = new WeakMap<object, WeakMap<object, WorkloadIndex>>();

export function workloadIndex(
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
  for (const key of new Set([...controllers.keys(), ...pods.keys()])) {
    const workload = workloadAt(snapshot, namespace, key);
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

/** `Kind/name` of the workload of a pod; a pod that ended is of none. */
export function idOfWorkload(pod: Pod): string | undefined {
  if (hasEnded(pod)) {
    return undefined;
  }
  const { kind, name } = workloadOf(pod);
  return `${kind}/${name}`;
}

export function makeWorkload(
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
