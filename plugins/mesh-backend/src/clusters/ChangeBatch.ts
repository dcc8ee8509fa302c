import { isDeepStrictEqual } from 'node:util';
import {
  KindId,
  KINDS,
  MeshSnapshot,
  ObjectMeta,
  ParsedObject,
  SnapshotChange,
} from 'backstage-plugin-mesh-common';

/**
 * Changes that wait to be made together: of several to one object the last one counts, and one that
 * changes nothing that rules read (a heartbeat, a status that nobody looks at) is none.
 */
export class ChangeBatch {
  readonly #objects = new Map<string, SnapshotChange>();
  readonly #reads = new Map<KindId, SnapshotChange>();

  get size(): number {
    return this.#objects.size + this.#reads.size;
  }

  add(change: SnapshotChange): void {
    switch (change.type) {
      case 'read':
        this.#reads.set(change.kindId, change);
        break;
      case 'put': {
        const { kindId, object } = change.parsed;
        this.#set(kindId, object.metadata, change);
        break;
      }
      case 'malformed':
        this.#set(change.malformed.kindId, change.malformed, change);
        break;
      case 'delete':
        this.#set(change.kindId, change, change);
        break;
      default:
        throw new TypeError(`Unknown change ${JSON.stringify(change)}`);
    }
  }

  /** What changes this snapshot, and forgets it: objects first, so that what is said to be read is there. */
  drain(snapshot: MeshSnapshot): SnapshotChange[] {
    const changes = [...this.#objects.values(), ...this.#reads.values()].filter(
      change => hasEffect(snapshot, change),
    );
    this.#objects.clear();
    this.#reads.clear();
    return changes;
  }

  #set(
    kindId: KindId,
    { namespace, name }: { namespace?: string; name: string },
    change: SnapshotChange,
  ): void {
    this.#objects.set(`${kindId} ${namespace ?? ''}/${name}`, change);
  }
}

function hasEffect(snapshot: MeshSnapshot, change: SnapshotChange): boolean {
  if (change.type === 'read') {
    return !isDeepStrictEqual(snapshot.read(change.kindId), change.read);
  }
  return change.type !== 'put' || !isKnown(snapshot, change.parsed);
}

/**
 * Whether the snapshot has this object already. Objects that are kept whole can be shown, so that their
 * version counts; of the others only what rules read.
 */
function isKnown(
  snapshot: MeshSnapshot,
  { kindId, object }: ParsedObject,
): boolean {
  const { namespace, name } = object.metadata;
  const known = snapshot.get(kindId, namespace, name);
  if (!known) {
    return false;
  }
  return KINDS[kindId].keep === 'whole'
    ? known.metadata.resourceVersion !== undefined &&
        known.metadata.resourceVersion === object.metadata.resourceVersion
    : isDeepStrictEqual(withoutVersion(known), withoutVersion(object));
}

function withoutVersion(object: { metadata: ObjectMeta }): object {
  const { resourceVersion: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
