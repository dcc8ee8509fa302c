import type { StoredObject } from '../../store/types';
import { listOf, recordOf } from '../../store/values';
import { timeSince } from '../duration';
import {
  ageColumn,
  count,
  createdColumn,
  joined,
  members,
  nameColumn,
  NONE,
  spec,
  status,
  text,
} from './cells';
import { column, integer, wide, type Column } from './types';

export const namespaceColumns: readonly Column[] = [
  nameColumn,
  column('Status', text('status.phase')),
  ageColumn,
];

export const nodeColumns: readonly Column[] = [
  nameColumn,
  column('Status', nodeStatus),
  column('Roles', node => joined(nodeRoles(node))),
  ageColumn,
  column('Version', text('status.nodeInfo.kubeletVersion')),
  wide('Internal-IP', nodeAddress('InternalIP')),
  wide('External-IP', nodeAddress('ExternalIP')),
  wide('OS-Image', text('status.nodeInfo.osImage', '<unknown>')),
  wide('Kernel-Version', text('status.nodeInfo.kernelVersion', '<unknown>')),
  wide(
    'Container-Runtime',
    text('status.nodeInfo.containerRuntimeVersion', '<unknown>'),
  ),
];

function nodeStatus(node: StoredObject): string {
  const ready = members(status(node).conditions).find(
    condition => condition.type === 'Ready',
  );
  let state = 'Unknown';
  if (ready) {
    state = ready.status === 'True' ? 'Ready' : 'NotReady';
  }
  return spec(node).unschedulable === true
    ? `${state},SchedulingDisabled`
    : state;
}

const ROLE = 'node-role.kubernetes.io/';

function nodeRoles(node: StoredObject): string[] {
  return Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(ROLE) && label.length > ROLE.length)
    .map(label => label.slice(ROLE.length))
    .sort();
}

function nodeAddress(type: string) {
  return (node: StoredObject) =>
    members(status(node).addresses).find(address => address.type === type)
      ?.address ?? NONE;
}

export const configMapColumns: readonly Column[] = [
  nameColumn,
  column('Data', dataCount),
  ageColumn,
];

export const secretColumns: readonly Column[] = [
  nameColumn,
  column('Type', text('type')),
  column('Data', dataCount),
  ageColumn,
];

function dataCount(object: StoredObject): number {
  return (
    Object.keys(recordOf(object.data)).length +
    Object.keys(recordOf(object.binaryData)).length
  );
}

export const eventColumns: readonly Column[] = [
  column('Last Seen', (event, now) =>
    timeSince(event.lastTimestamp ?? firstSeen(event), now),
  ),
  column('Type', text('type')),
  column('Reason', text('reason')),
  column('Object', event => {
    const { kind, name } = recordOf(event.involvedObject);
    const target = String(kind ?? '').toLowerCase();
    return name ? `${target}/${name}` : target;
  }),
  wide('Subobject', text('involvedObject.fieldPath')),
  wide('Source', event => {
    const { component, host } = recordOf(event.source);
    const source = String(component ?? event.reportingComponent ?? '');
    return host ? `${source}, ${host}` : source;
  }),
  column('Message', event => String(event.message ?? '').trim()),
  wide('First Seen', (event, now) => timeSince(firstSeen(event), now)),
  wide('Count', event => count('count')(event) || 1),
  wide('Name', event => event.metadata.name),
];

function firstSeen(event: StoredObject): unknown {
  return event.firstTimestamp ?? event.eventTime;
}

export const roleColumns: readonly Column[] = [nameColumn, createdColumn];

export const bindingColumns: readonly Column[] = [
  nameColumn,
  column('Role', binding => {
    const { kind, name } = recordOf(binding.roleRef);
    return `${kind}/${name}`;
  }),
  ageColumn,
  wide('Users', subjects('User')),
  wide('Groups', subjects('Group')),
  wide('ServiceAccounts', subjects('ServiceAccount')),
];

function subjects(kind: string) {
  return (binding: StoredObject) =>
    members(binding.subjects)
      .filter(subject => subject.kind === kind)
      .map(({ namespace, name }) => (namespace ? `${namespace}/${name}` : name))
      .join(', ');
}

export const webhookColumns: readonly Column[] = [
  nameColumn,
  integer('Webhooks', object => listOf(object.webhooks).length),
  ageColumn,
];

export const leaseColumns: readonly Column[] = [
  nameColumn,
  column('Holder', text('spec.holderIdentity')),
  ageColumn,
];

export const definitionColumns: readonly Column[] = [nameColumn, createdColumn];

export const serviceAccountColumns: readonly Column[] = [nameColumn, ageColumn];
