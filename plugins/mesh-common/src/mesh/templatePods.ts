import { Pod, WorkloadController } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { CONTROLLER_KINDS } from './controllers';
import { podOfTemplate } from './enrolment';
import { isMachine } from './machineKinds';
import { Workload, workloadsIn } from './workloads';
import { defineQuestion, sameItems } from '../snapshot/defineQuestion';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

interface Templates {
  all: readonly Pod[];
  byLabel: ReadonlyMap<string, readonly Pod[]>;
}

/** Kept as long as the workloads of the namespace are the same. */
const indexes = new WeakMap<ReadonlyMap<string, Workload>, Templates>();

/** Kept as long as the controller is the same. */
const pods = new WeakMap<WorkloadController, Pod>();

const NONE: Templates = { all: [], byLabel: new Map() };

function templatesIn(snapshot: MeshSnapshot, namespace: string): Templates {
  if (
    CONTROLLER_KINDS.every(
      kindId => snapshot.bucket(kindId, namespace).size === 0,
    )
  ) {
    return NONE;
  }
  const workloads = workloadsIn(snapshot, namespace);
  const known = indexes.get(workloads);
  if (known) {
    return known;
  }
  const all = [...workloads.values()]
    .filter(workload => workload.pods.length === 0)
    .map(podOf)
    // A group makes no machines: they join it, each with an entry of its own.
    .filter(pod => !isMachine(pod));
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
