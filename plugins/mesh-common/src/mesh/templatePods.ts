import { Pod, WorkloadController } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { podOfTemplate } from './enrolment';
import { isMachine } from './machineKinds';
import { Workload, workloadsWithoutPods } from './workloadIndex';
import { addTo } from '../snapshot/addTo';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

interface Templates {
  all: readonly Pod[];
  byLabel: ReadonlyMap<string, readonly Pod[]>;
}

/** By the workloads without pods that they are of. */
const indexes = new WeakMap<readonly Workload[], Templates>();

/** Kept as long as the controller is the same. */
const pods = new WeakMap<WorkloadController, Pod>();

function templatesIn(snapshot: MeshSnapshot, namespace: string): Templates {
  const workloads = workloadsWithoutPods(snapshot, namespace);
  const known = indexes.get(workloads);
  if (known) {
    return known;
  }
  const all = workloads
    .map(podOf)
    // A group makes no machines: they join it, each with an entry of its own.
    .filter(pod => !isMachine(pod));
  const byLabel = new Map<string, Pod[]>();
  for (const pod of all) {
    for (const label of Object.entries(pod.metadata.labels)) {
      addTo(byLabel, label.join('='), pod);
    }
  }
  const templates = { all, byLabel };
  indexes.set(workloads, templates);
  return templates;
}

function podOf(workload: Workload): Pod {
  const { controller } = workload;
  const known = controller && pods.get(controller);
  if (known) {
    return known;
  }
  const made = podOfTemplate(workload);
  if (controller) {
    pods.set(controller, made);
  }
  return made;
}

const askTemplates = defineQuestion<readonly Pod[]>((snapshot, key) => {
  const [namespace, selector]: [string, LabelSelector] = JSON.parse(key);
  const { all, byLabel } = templatesIn(snapshot, namespace);
  const [label] = Object.entries(selector.matchLabels ?? {});
  const candidates = label ? byLabel.get(label.join('=')) ?? [] : all;
  return candidates.filter(({ metadata }) =>
    matchesSelector(metadata.labels, selector),
  );
}, sameItems);

/** Pods as the templates of workloads without pods would make them, of those that a selector selects. */
export function templatePodsSelected(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: LabelSelector | undefined,
): readonly Pod[] {
  return selector
    ? askTemplates(snapshot, JSON.stringify([namespace, selector]))
    : [];
}
