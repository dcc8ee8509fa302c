import { Pod } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { podOfTemplate } from './enrolment';
import { Workload, workloadsIn } from './workloads';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

interface Templates {
  all: readonly Pod[];
  byLabel: ReadonlyMap<string, readonly Pod[]>;
}

/** Kept as long as the workloads of the namespace are the same. */
const indexes = new WeakMap<ReadonlyMap<string, Workload>, Templates>();

/** Pods as the templates of workloads without pods would make them, of those that a selector selects. */
export function templatePodsSelected(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: LabelSelector | undefined,
): Pod[] {
  const { all, byLabel } = templatesIn(snapshot, namespace);
  const [label] = Object.entries(selector?.matchLabels ?? {});
  const candidates = label ? byLabel.get(label.join('=')) ?? [] : all;
  return candidates.filter(({ metadata }) =>
    matchesSelector(metadata.labels, selector),
  );
}

function templatesIn(snapshot: MeshSnapshot, namespace: string): Templates {
  const workloads = workloadsIn(snapshot, namespace);
  const known = indexes.get(workloads);
  if (known) {
    return known;
  }
  const all = [...workloads.values()]
    .filter(({ pods }) => pods.length === 0)
    .map(podOfTemplate);
  const byLabel = new Map<string, Pod[]>();
  for (const pod of all) {
    for (const label of Object.entries(pod.metadata.labels)) {
      const key = label.join('=');
      byLabel.set(key, [...(byLabel.get(key) ?? []), pod]);
    }
  }
  const templates = { all, byLabel };
  indexes.set(workloads, templates);
  return templates;
}
