import { machinesOfEntries } from '../istio/machines';
import { Pod } from '../kubernetes/core';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { Groups } from '../snapshot/groups';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';

/** The machines outside Kubernetes by `Kind/name` of the workload that they are. */
function machinesIn(snapshot: MeshSnapshot, namespace: string): Groups<Pod> {
  return machinesOfEntries(snapshot, namespace);
}

const merged = new WeakMap<object, WeakMap<object, Groups<Pod>>>();

/** The pods of the workloads of a namespace, and its machines beside them. */
export function withMachines(
  snapshot: MeshSnapshot,
  namespace: string,
  pods: Groups<Pod>,
): Groups<Pod> {
  const machines = machinesIn(snapshot, namespace);
  if (machines.size === 0) {
    return pods;
  }
  const ofPods = merged.get(pods) ?? new WeakMap<object, Groups<Pod>>();
  merged.set(pods, ofPods);
  const known = ofPods.get(machines);
  if (known) {
    return known;
  }
  const made = new Map([...pods, ...machines]);
  ofPods.set(machines, made);
  return made;
}

/** `Kind/name` of the workloads of which a machine is selected by its labels. */
export function machinesSelected(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: LabelSelector,
): string[] {
  return [...machinesIn(snapshot, namespace)]
    .filter(([, machines]) =>
      machines.some(({ metadata }) =>
        matchesSelector(metadata.labels, selector),
      ),
    )
    .map(([id]) => id);
}
