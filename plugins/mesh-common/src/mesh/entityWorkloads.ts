import { LabelSelector } from '../kubernetes/objects';
import { Service } from '../kubernetes/core';
import { matchesSelector, parseSelector } from '../kubernetes/selectors';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsSelected } from '../snapshot/podsByLabel';
import { hasEnded } from './hasEnded';
import { machinesSelected } from './machines';
import { servicesSelecting } from './services';
import {
  namespacesWithWorkloads,
  Workload,
  workloadOfPod,
  workloadsIn,
} from './workloads';

/**
 * The annotations of the Kubernetes plugin: an entity that works there works here.
 *
 * @public
 */
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';
/**
 * The annotation of an entity that has the label selector of its workloads.
 *
 * @public
 */
export const KUBERNETES_LABEL_SELECTOR_ANNOTATION =
  'backstage.io/kubernetes-label-selector';
/**
 * The annotation of an entity that has the namespace of its workloads.
 *
 * @public
 */
export const KUBERNETES_NAMESPACE_ANNOTATION =
  'backstage.io/kubernetes-namespace';
/**
 * The annotation of an entity that has the cluster of its workloads.
 *
 * @public
 */
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/**
 * Which objects of which clusters belong to an entity.
 *
 * @public
 */
export interface EntitySelection {
  selector: LabelSelector;
  /** The selector as text, for people. */
  selectorText: string;
  /** Absent: all. */
  namespace?: string;
  /** Absent: all. */
  cluster?: string;
}

/**
 * The selection that the entity's annotations make, with the precedence of the Kubernetes plugin: the
 * label selector, else the label `backstage.io/kubernetes-id` with the annotation's value. Undefined where
 * neither annotation is there. Throws SelectorSyntaxError where the selector cannot be read.
 *
 * @public
 */
export function entitySelection(
  annotations: Readonly<Record<string, string>> = {},
): EntitySelection | undefined {
  const written = annotations[KUBERNETES_LABEL_SELECTOR_ANNOTATION];
  const id = annotations[KUBERNETES_ID_ANNOTATION];
  if (!written && !id) {
    return undefined;
  }
  const namespace = annotations[KUBERNETES_NAMESPACE_ANNOTATION];
  const cluster = annotations[KUBERNETES_CLUSTER_ANNOTATION];
  return {
    selector: written
      ? parseSelector(written)
      : { matchLabels: { [KUBERNETES_ID_ANNOTATION]: id } },
    selectorText: written || `${KUBERNETES_ID_ANNOTATION}=${id}`,
    ...(namespace && { namespace }),
    ...(cluster && { cluster }),
  };
}

/**
 * The workloads of an entity on one cluster: those whose controller or pods carry the labels. (The
 * Kubernetes plugin asks for controllers and for pods by the same selector, and shows what either gives.)
 *
 * @public
 */
export function entityWorkloads(
  snapshot: MeshSnapshot,
  selection: EntitySelection,
): Workload[] {
  if (selection.cluster && selection.cluster !== snapshot.cluster) {
    return [];
  }
  const namespaces = selection.namespace
    ? [selection.namespace]
    : [...namespacesWithWorkloads(snapshot)].sort();
  const found = new Set<Workload>();
  for (const namespace of namespaces) {
    for (const pod of podsSelected(snapshot, namespace, selection.selector)) {
      if (!hasEnded(pod)) {
        found.add(workloadOfPod(snapshot, pod));
      }
    }
    const workloads = workloadsIn(snapshot, namespace);
    for (const id of machinesSelected(
      snapshot,
      namespace,
      selection.selector,
    )) {
      const machine = workloads.get(id);
      if (machine) {
        found.add(machine);
      }
    }
    for (const workload of workloads.values()) {
      const { controller } = workload;
      if (
        controller &&
        matchesSelector(controller.metadata.labels, selection.selector)
      ) {
        found.add(workload);
      }
    }
  }
  return [...found].sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

/**
 * The Services of an entity: those that select pods of its workloads, however they are labelled themselves.
 *
 * @public
 */
export function entityServices(
  snapshot: MeshSnapshot,
  workloads: readonly Workload[],
): Service[] {
  const found = new Set<Service>();
  for (const { ref, labels, pods } of workloads) {
    const labelSets = pods.length ? pods.map(p => p.metadata.labels) : [labels];
    for (const set of labelSets) {
      for (const service of servicesSelecting(snapshot, ref.namespace, set)) {
        found.add(service);
      }
    }
  }
  return [...found];
}

function nameOf({ ref }: Workload): string {
  return `${ref.namespace}/${ref.name}/${ref.kind}`;
}
