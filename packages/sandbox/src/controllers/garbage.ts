import { isRecord, listOf } from '../store/values';
import type { Controller } from './manager';

/** An object all of whose owners are gone goes too. */
export const garbageCollector: Controller = {
  name: 'garbage collector',
  reconcile({ store }) {
    const resources = store.resources();
    const uids = new Set(
      resources.flatMap(resource =>
        store.list(resource).map(({ metadata }) => metadata.uid),
      ),
    );
    for (const resource of resources) {
      for (const { metadata } of store.list(resource)) {
        const owners = listOf(metadata.ownerReferences).filter(isRecord);
        if (
          owners.length > 0 &&
          owners.every(({ uid }) => !uids.has(String(uid)))
        ) {
          store.delete(resource, metadata.namespace, metadata.name);
        }
      }
    }
  },
};
