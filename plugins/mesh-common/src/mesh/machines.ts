import { machinesOfEntries } from '../istio/machinesOfEntries';
import { Pod } from '../kubernetes/core';
import { equalitiesOf } from '../kubernetes/equalities';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { addTo } from '../snapshot/addTo';
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

/** A machine, and `Kind/name` of the workload that it is. */
interface Identified {
  id: string;
  machine: Pod;
}

interface MachineIndex {
  all: readonly Identified[];
  byLabel: ReadonlyMap<string, readonly Identified[]>;
}

/** Kept as long as the machines of the namespace are the same. */
const indexes = new WeakMap<Groups<Pod>, MachineIndex>();

function indexOf(machines: Groups<Pod>): MachineIndex {
  const known = indexes.get(machines);
  if (known) {
    return known;
  }
  const all = [...machines].flatMap(([id, group]) =>
    group.map(machine => ({ id, machine })),
  );
  const byLabel = new Map<string, Identified[]>();
  for (const identified of all) {
    for (const label of Object.entries(identified.machine.metadata.labels)) {
      addTo(byLabel, label.join('='), identified);
    }
  }
  const made = { all, byLabel };
  indexes.set(machines, made);
  return made;
}

/** `Kind/name` of the workloads of which a machine is selected by its labels. */
export function machinesSelected(
  snapshot: MeshSnapshot,
  namespace: string,
  selector: LabelSelector,
): string[] {
  const machines = machinesIn(snapshot, namespace);
  if (machines.size === 0) {
    return [];
  }
  const { all, byLabel } = indexOf(machines);
  const [label] = Object.entries(equalitiesOf(selector));
  const candidates = label ? byLabel.get(label.join('=')) ?? [] : all;
  return [
    ...new Set(
      candidates
        .filter(({ machine }) =>
          matchesSelector(machine.metadata.labels, selector),
        )
        .map(({ id }) => id),
    ),
  ];
}
