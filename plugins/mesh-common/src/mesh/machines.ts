import { Pod } from '../kubernetes/core';
import { equalitiesOf } from '../kubernetes/equalities';
import { LabelSelector } from '../kubernetes/objects';
import { matchesSelector } from '../kubernetes/selectors';
import { addTo } from '../snapshot/addTo';
import { Groups } from '../snapshot/groups';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { MACHINE_SOURCES } from './machineSources';

/** The machines outside Kubernetes by `Kind/name` of the workload that they are. */
function machinesIn(snapshot: MeshSnapshot, namespace: string): Groups<Pod> {
  return MACHINE_SOURCES.map(source =>
    source.machines(snapshot, namespace),
  ).reduce(merge);
}

/** Two kinds of groups as one, kept as long as both are the same. */
const merged = new WeakMap<object, WeakMap<object, Groups<Pod>>>();

function merge(first: Groups<Pod>, second: Groups<Pod>): Groups<Pod> {
  if (first.size === 0 || second.size === 0) {
    return second.size === 0 ? first : second;
  }
  const ofFirst = merged.get(first) ?? new WeakMap<object, Groups<Pod>>();
  merged.set(first, ofFirst);
  const known = ofFirst.get(second);
  if (known) {
    return known;
  }
  const made = new Map([...first, ...second]);
  ofFirst.set(second, made);
  return made;
}

/** The pods of the workloads of a namespace, and its machines beside them. */
export function withMachines(
  snapshot: MeshSnapshot,
  namespace: string,
  pods: Groups<Pod>,
): Groups<Pod> {
  return merge(pods, machinesIn(snapshot, namespace));
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
