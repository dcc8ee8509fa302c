import { Pod } from '../kubernetes/core';
import { templatePodsSelected } from '../mesh/templatePods';
import { namespacesWithWorkloads } from '../mesh/workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { podsWithLabels } from '../snapshot/podsByLabel';

type Labels = Readonly<Record<string, string>>;

/** The kinds that pods are found in; a check that asks for pods needs them. */
export const POD_KINDS = [
  'Pod',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
] as const;

/** The pods of a namespace with these labels, and over files those that workloads without pods would make. */
export function* podsIn(
  snapshot: MeshSnapshot,
  namespace: string,
  labels: Labels,
): IterableIterator<Pod> {
  yield* podsWithLabels(snapshot, namespace, labels);
  yield* templatePodsSelected(snapshot, namespace, { matchLabels: labels });
}

/**
 * The pods of all namespaces with these labels, those of the given namespaces first: a check that finds what it
 * looks for there reads no other, and runs again only when they change.
 */
export function* podsAnywhere(
  snapshot: MeshSnapshot,
  labels: Labels,
  first: readonly string[],
): IterableIterator<Pod> {
  for (const namespace of new Set(first)) {
    yield* podsIn(snapshot, namespace, labels);
  }
  for (const namespace of namespacesWithWorkloads(snapshot)) {
    if (!first.includes(namespace)) {
      yield* podsIn(snapshot, namespace, labels);
    }
  }
}
