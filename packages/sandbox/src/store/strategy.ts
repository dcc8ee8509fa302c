import { randomUUID } from 'node:crypto';
import { cloneJson, equalJson, recordOf } from './values';
import { initialStatus } from './initialStatus';
import type { ResourceType, StoredMetadata, StoredObject } from './types';

/** What the API server decides of a new object, whatever its author wrote. */
export function prepareForCreate(
  resource: ResourceType,
  object: StoredObject,
  now: string,
): StoredObject {
  const { status: given, ...rest } = object;
  const status = resource.statusSubresource
    ? initialStatus(resource, object)
    : given;
  return {
    ...rest,
    ...(status !== undefined && { status }),
    metadata: newMetadata(resource, object.metadata, now),
  };
}

/** A new object that brings its own status, uid and age: what a manifest of the sandbox has. */
export function prepareForImport(
  resource: ResourceType,
  object: StoredObject,
  now: string,
): StoredObject {
  const metadata = newMetadata(resource, object.metadata, now);
  const { uid, creationTimestamp } = object.metadata;
  const initial = initialStatus(resource, object);
  return {
    ...object,
    ...(initial && { status: { ...initial, ...recordOf(object.status) } }),
    metadata: {
      ...metadata,
      ...(uid && { uid }),
      ...(creationTimestamp && { creationTimestamp }),
    },
  };
}

function newMetadata(
  resource: ResourceType,
  metadata: StoredMetadata,
  now: string,
): StoredMetadata {
  const {
    deletionTimestamp: _deletion,
    deletionGracePeriodSeconds: _grace,
    selfLink: _selfLink,
    generation: _generation,
    resourceVersion: _version,
    ...given
  } = metadata;
  return {
    ...given,
    uid: randomUUID(),
    creationTimestamp: now,
    ...(resource.generation && { generation: 1 }),
  };
}

/** Everything but the status is taken; the generation counts the changes of what is desired. */
export function prepareForUpdate(
  resource: ResourceType,
  old: StoredObject,
  object: StoredObject,
): StoredObject {
  const { status: _status, ...rest } = object;
  const status = resource.statusSubresource ? old.status : object.status;
  return counted(resource, old, {
    ...rest,
    ...(status !== undefined && { status }),
    metadata: keptMetadata(old, object.metadata),
  });
}

/** As an update, but the status is taken too where the object has one. */
export function prepareForReplacement(
  resource: ResourceType,
  old: StoredObject,
  object: StoredObject,
): StoredObject {
  const status = object.status ?? old.status;
  const managedFields =
    object.metadata.managedFields ?? old.metadata.managedFields;
  return counted(resource, old, {
    ...object,
    ...(status !== undefined && { status }),
    metadata: {
      ...keptMetadata(old, object.metadata),
      ...(managedFields && { managedFields }),
    },
  });
}

/** Nothing but the status is taken. */
export function prepareForStatusUpdate(
  _resource: ResourceType,
  old: StoredObject,
  object: StoredObject,
): StoredObject {
  const { status: _status, ...rest } = old;
  const managedFields =
    object.metadata.managedFields ?? old.metadata.managedFields;
  return {
    ...rest,
    ...(object.status !== undefined && { status: object.status }),
    metadata: { ...old.metadata, ...(managedFields && { managedFields }) },
  };
}

/** The members of the metadata that no update changes. */
const KEPT = [
  'uid',
  'resourceVersion',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'generation',
  'generateName',
] as const;

function keptMetadata(
  old: StoredObject,
  metadata: StoredMetadata,
): StoredMetadata {
  const result: StoredMetadata = { ...metadata };
  KEPT.forEach(key => copyMember(old.metadata, result, key));
  return cloneJson(result);
}

function copyMember<T, K extends keyof T>(from: T, to: T, key: K): void {
  to[key] = from[key];
}

function counted(
  resource: ResourceType,
  old: StoredObject,
  object: StoredObject,
): StoredObject {
  if (
    !resource.generation ||
    equalJson(desired(resource, old), desired(resource, object))
  ) {
    return object;
  }
  return {
    ...object,
    metadata: {
      ...object.metadata,
      generation: (old.metadata.generation ?? 0) + 1,
    },
  };
}

/** The object without what does not count as desired: metadata, and a status that is a subresource. */
function desired(resource: ResourceType, object: StoredObject) {
  const { apiVersion: _version, metadata: _metadata, status, ...rest } = object;
  return resource.statusSubresource
    ? rest
    : { ...rest, status: recordOf(status) };
}

/** The object as it waits for its finalizers. */
export function markForDeletion(
  object: StoredObject,
  deletionTimestamp: string,
): StoredObject {
  const { generation, deletionTimestamp: since } = object.metadata;
  return since
    ? object
    : {
        ...object,
        metadata: {
          ...object.metadata,
          deletionTimestamp,
          deletionGracePeriodSeconds: 0,
          ...(generation !== undefined && { generation: generation + 1 }),
        },
      };
}
