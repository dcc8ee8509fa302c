import { alreadyExists, ApiError, conflict, modified } from '../api/status';
import type { DeleteOptions, ResourceType, StoredObject } from './types';

/** Refuses to create what is there. */
export function checkAbsent(
  resource: ResourceType,
  name: string,
  present: StoredObject | undefined,
): void {
  if (present) {
    const { deletionTimestamp } = present.metadata;
    throw alreadyExists(resource, name, deletionTimestamp !== undefined);
  }
}

/** Refuses an update that was meant for another object of the same name, or for another state of the object. */
export function checkUpdate(
  resource: ResourceType,
  { metadata }: StoredObject,
  { uid, resourceVersion }: { uid?: string; resourceVersion?: string },
): void {
  if (uid && uid !== metadata.uid) {
    throw conflict(
      resource,
      metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== metadata.resourceVersion) {
    throw modified(resource, metadata.name);
  }
}

/** Refuses a deletion that was meant for another state of the object. */
export function checkDeletion(
  resource: ResourceType,
  object: StoredObject,
  { uid, resourceVersion }: DeleteOptions['preconditions'] = {},
): void {
  if (uid && uid !== object.metadata.uid) {
    throw refused(
      resource,
      object,
      `the UID in the precondition (${uid}) does not match the UID in record (${object.metadata.uid})`,
    );
  }
  if (resourceVersion && resourceVersion !== object.metadata.resourceVersion) {
    throw refused(
      resource,
      object,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${object.metadata.resourceVersion})`,
    );
  }
}

function refused(
  { kind, group }: ResourceType,
  { metadata }: StoredObject,
  reason: string,
): ApiError {
  const what = group ? `${kind}.${group}` : kind;
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${what} "${
      metadata.name
    }": ${reason}. The object might have been ${
      reason.includes('UID') ? 'deleted and then recreated' : 'modified'
    }`,
    { name: metadata.name, ...(group && { group }), kind },
  );
}
