import { conflict } from '../api/status';
import type { DeleteOptions, ResourceType, StoredObject } from './types';

/** Refuses a write that was meant for another state of the object. */
export function checkPreconditions(
  resource: ResourceType,
  object: StoredObject,
  preconditions: DeleteOptions['preconditions'],
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid && uid !== object.metadata.uid) {
    throw conflict(
      resource,
      object.metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== object.metadata.resourceVersion) {
    throw conflict(
      resource,
      object.metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${object.metadata.resourceVersion}`,
    );
  }
}
