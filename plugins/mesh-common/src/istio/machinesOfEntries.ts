import { Pod } from '../kubernetes/core';
import { ObjectMeta } from '../kubernetes/objects';
import { defineGroups } from '../snapshot/defineGroups';
import { Groups } from '../snapshot/groups';
import { keepLists } from '../snapshot/keepLists';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { machinePod } from './machines';
import { WorkloadEntry } from './objects';
import { portsOfMachine } from './portsOfMachine';

const GROUP_ANNOTATION = 'istio.io/autoRegistrationGroup';

const NONE: Groups<Pod> = new Map();

/** WorkloadEntries by `Kind/name` of the workload that they are. */
const entryGroups = defineGroups('networking.istio.io/WorkloadEntry', entry => {
  const group = groupOf(entry);
  return group
    ? `WorkloadGroup/${group}`
    : `WorkloadEntry/${entry.metadata.name}`;
});

const kept = keepLists<Pod>();

/**
 * The WorkloadEntries of a namespace as pods, by `Kind/name` of the workload that they are: a WorkloadGroup for those that
 * registered themselves as machines of one, else the entry alone. Pods, their lists and the map are the same objects as long
 * as nothing that they are made of changes, whatever ServiceEntries do.
 *
 * Upstream: pilot/pkg/autoregistration/controller.go, `workloadEntryFromGroup`.
 */
export function machinesOfEntries(
  snapshot: MeshSnapshot,
  namespace: string,
): Groups<Pod> {
  const groups = entryGroups(snapshot, namespace);
  if (groups.size === 0) {
    return NONE;
  }
  const portsOf = portsOfMachine(snapshot, namespace);
  const machines = new Map<string, readonly Pod[]>();
  for (const [id, entries] of groups) {
    machines.set(
      id,
      entries.map(entry => podOf(entry, portsOf)),
    );
  }
  return kept(groups, machines);
}

/** The pod that an entry was made into, and the ports of ServiceEntries that it was made with. */
const pods = new WeakMap<WorkloadEntry, { pod: Pod; ports: string }>();

function podOf(
  object: WorkloadEntry,
  portsOf: ReturnType<typeof portsOfMachine>,
): Pod {
  const written = object.spec ?? {};
  const labels = { ...written.labels, ...object.metadata.labels };
  const ports = portsOf(labels);
  const key = JSON.stringify(ports);
  const known = pods.get(object);
  if (known?.ports === key) {
    return known.pod;
  }
  const machine = machinePod({ object, written, labels, ports });
  const pod = {
    ...machine,
    metadata: ownedBy(machine.metadata, groupOf(object)),
  };
  pods.set(object, { pod, ports: key });
  return pod;
}

function groupOf({ metadata }: WorkloadEntry): string | undefined {
  const owner = metadata.ownerReferences.find(
    ({ controller, kind }) => controller && kind === 'WorkloadGroup',
  );
  return owner?.name || metadata.annotations[GROUP_ANNOTATION] || undefined;
}

function ownedBy(metadata: ObjectMeta, group: string | undefined): ObjectMeta {
  return {
    ...metadata,
    ownerReferences: group
      ? [
          {
            apiVersion: 'networking.istio.io/v1',
            kind: 'WorkloadGroup',
            name: group,
            controller: true,
          },
        ]
      : [],
  };
}
