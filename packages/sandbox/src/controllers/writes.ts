import type { ObjectStore, StoredObject } from '../store/types';
import { equalJson, recordOf } from '../store/values';

/** Writes a status where it differs. The store would notice too, but only after it had checked the whole object. */
export function writeStatus(
  store: ObjectStore,
  object: StoredObject,
  status: Record<string, unknown>,
): void {
  if (!equalJson(recordOf(object.status), status)) {
    store.updateStatus({ ...object, status });
  }
}
