import type { Schema } from '../../store/schema/types';
import type { StoredObject } from '../../store/types';
import { compare } from './compare';
import {
  below,
  difference,
  emptySet,
  isEmpty,
  setOf,
  union,
  type FieldSet,
} from './fieldSet';
import {
  decodeManagers,
  encodeManagers,
  sameManager,
  type Manager,
} from './managers';

/** Who writes, and through what. */
export interface Writer {
  name: string;
  apiVersion: string;
  /** Empty for the object itself. */
  subresource: string;
  /** Whether the object's status is a subresource, which a write of the object does not reach. */
  statusSubresource: boolean;
  /** A scale leaves no time behind. */
  time?: string;
}

/** The fields that nobody owns: what the server writes, and what identifies the object. */
const UNOWNED = setOf([
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata'],
  ...[
    'name',
    'namespace',
    'creationTimestamp',
    'selfLink',
    'uid',
    'clusterName',
    'generation',
    'managedFields',
    'resourceVersion',
  ].map(name => ['f:metadata', `f:${name}`]),
]);

/** The fields of a set that a writer can own. */
export function ownable(fields: FieldSet, writer: Writer): FieldSet {
  const named = difference(fields, UNOWNED);
  if (writer.subresource === 'status') {
    return only(named, 'f:status');
  }
  return writer.statusSubresource ? without(named, 'f:status') : named;
}

function only(set: FieldSet, element: string): FieldSet {
  const child = below(set, element);
  return {
    members: new Set([...set.members].filter(member => member === element)),
    children: isEmpty(child) ? new Map() : new Map([[element, child]]),
  };
}

function without(set: FieldSet, element: string): FieldSet {
  return {
    members: new Set([...set.members].filter(member => member !== element)),
    children: new Map([...set.children].filter(([name]) => name !== element)),
  };
}

/** The object without the entries of its managers. */
export function withoutManagers(object: StoredObject): StoredObject {
  const { managedFields: _managed, ...metadata } = object.metadata;
  return { ...object, metadata };
}

export function withManagers(
  object: StoredObject,
  managers: readonly Manager[],
): StoredObject {
  const managedFields = encodeManagers(managers);
  const bare = withoutManagers(object);
  return managedFields.length === 0
    ? bare
    : { ...bare, metadata: { ...bare.metadata, managedFields } };
}

/** Takes from the other managers what a write changed or removed. */
export function takeOver(
  managers: readonly Manager[],
  writer: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>,
  changed: FieldSet,
  removed: FieldSet,
): Manager[] {
  return managers.map(manager =>
    sameManager(manager, writer)
      ? manager
      : {
          ...manager,
          fields: difference(difference(manager.fields, changed), removed),
        },
  );
}

/**
 * The next state of an object with the new owners of its fields, for any write but an apply: the writer owns what it
 * changes. An explicit empty list of managers resets them.
 */
export function trackUpdate(
  schema: Schema | undefined,
  live: StoredObject | undefined,
  next: StoredObject,
  writer: Writer,
): StoredObject {
  const given = next.metadata.managedFields;
  const isReset =
    !writer.subresource &&
    Array.isArray(given) &&
    (given.length === 0 ||
      (given.length === 1 && Object.keys(Object(given[0])).length === 0));
  const sent = writer.subresource ? [] : decodeManagers(given);
  const kept =
    sent.length > 0 ? sent : decodeManagers(live?.metadata.managedFields);
  const before = isReset ? [] : kept;
  if (before.length === 0 && live) {
    // Nobody has been tracked so far: a write that is no apply does not begin it.
    return withoutManagers(next);
  }
  const { added, modified, removed } = compare(
    schema,
    live && withoutManagers(live),
    withoutManagers(next),
  );
  const entry = {
    name: writer.name,
    operation: 'Update' as const,
    apiVersion: writer.apiVersion,
    subresource: writer.subresource,
  };
  const changed = ownable(union(added, modified), writer);
  const managers = takeOver(before, entry, union(added, modified), removed);
  const own = managers.find(manager => sameManager(manager, entry));
  const fields = union(difference(own?.fields ?? emptySet, removed), changed);
  const others = managers.filter(manager => manager !== own);
  const time = isEmpty(changed) ? own?.time : writer.time;
  return withManagers(next, [
    ...others,
    { ...entry, ...(time && { time }), fields },
  ]);
}
