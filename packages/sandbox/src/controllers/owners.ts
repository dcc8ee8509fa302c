import type { StoredObject } from '../store/types';

/** The reference by which a controller marks what it made. */
export function ownerReference(owner: StoredObject) {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

interface Owned {
  body: { metadata: { ownerReferences: { uid: string }[] } };
}

export function isOwnedBy(owned: Owned, uid: string): boolean {
  return owned.body.metadata.ownerReferences.some(owner => owner.uid === uid);
}
