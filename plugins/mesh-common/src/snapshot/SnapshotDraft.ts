import { KindId, KINDS } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MalformedObject } from '../kubernetes/parse';
import { succeeds } from './lineage';
import { ReadState } from './readState';
import { SnapshotChange } from './SnapshotChange';

export type AnyBucket = ReadonlyMap<string, KubernetesObject>;
/** Buckets by namespace. */
export type Buckets = ReadonlyMap<string, AnyBucket>;
/**
 * Objects of a kind that could not be read, by their keys.
 *
 * @public
 */
export type MalformedByKey = ReadonlyMap<string, MalformedObject>;

export const EMPTY_BUCKET: AnyBucket = new Map();
export const EMPTY_BUCKETS: Buckets = new Map();
/** Key of the one bucket of a cluster-scoped kind. */
export const CLUSTER_SCOPE = '';

/** A mutable copy, of which only what is touched is copied. */
export class SnapshotDraft {
  kinds: ReadonlyMap<KindId, Buckets>;
  reads: ReadonlyMap<KindId, ReadState>;
  malformed: MalformedByKey;
  readonly #copied = new Set<unknown>();

  constructor(
    kinds: ReadonlyMap<KindId, Buckets>,
    reads: ReadonlyMap<KindId, ReadState>,
    malformed: MalformedByKey,
  ) {
    this.kinds = kinds;
    this.reads = reads;
    this.malformed = malformed;
  }

  make(change: SnapshotChange): void {
    switch (change.type) {
      case 'put': {
        const { kindId, object } = change.parsed;
        const { namespace, name } = object.metadata;
        this.#put(kindId, namespace, name, object);
        this.#forgetMalformed(kindId, namespace, name);
        break;
      }
      case 'malformed': {
        const { kindId, namespace, name } = change.malformed;
        this.#remove(kindId, namespace, name);
        this.malformed = this.#owned(this.malformed).set(
          keyOf(kindId, namespace, name),
          change.malformed,
        );
        break;
      }
      case 'delete':
        this.#remove(change.kindId, change.namespace, change.name);
        this.#forgetMalformed(change.kindId, change.namespace, change.name);
        break;
      case 'read':
        this.reads = this.#owned(this.reads).set(change.kindId, change.read);
        break;
      default:
        throw new TypeError(`Unknown change ${JSON.stringify(change)}`);
    }
  }

  #put(
    kindId: KindId,
    namespace: string | undefined,
    name: string,
    object: KubernetesObject,
  ): void {
    const kinds = this.#owned(this.kinds);
    const buckets = this.#owned(kinds.get(kindId) ?? EMPTY_BUCKETS);
    const scope = scopeOf(kindId, namespace);
    const bucket = this.#owned(buckets.get(scope) ?? EMPTY_BUCKET);
    bucket.set(name, object);
    buckets.set(scope, bucket);
    kinds.set(kindId, buckets);
    this.kinds = kinds;
  }

  #remove(kindId: KindId, namespace: string | undefined, name: string): void {
    const scope = scopeOf(kindId, namespace);
    if (!this.kinds.get(kindId)?.get(scope)?.has(name)) {
      return;
    }
    const kinds = this.#owned(this.kinds);
    const buckets = this.#owned(kinds.get(kindId) ?? EMPTY_BUCKETS);
    const bucket = this.#owned(buckets.get(scope) ?? EMPTY_BUCKET);
    bucket.delete(name);
    if (bucket.size > 0) {
      buckets.set(scope, bucket);
    } else {
      buckets.delete(scope);
    }
    kinds.set(kindId, buckets);
    this.kinds = kinds;
  }

  #forgetMalformed(
    kindId: KindId,
    namespace: string | undefined,
    name: string,
  ): void {
    const key = keyOf(kindId, namespace, name);
    if (this.malformed.has(key)) {
      const malformed = this.#owned(this.malformed);
      malformed.delete(key);
      this.malformed = malformed;
    }
  }

  /** The map itself if this draft made it, else a copy that this draft owns. */
  #owned<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
    if (map instanceof Map && this.#copied.has(map)) {
      return map;
    }
    const copy = new Map(map);
    this.#copied.add(copy);
    if (map.size > 0) {
      succeeds(copy, map);
    }
    return copy;
  }
}

function scopeOf(kindId: KindId, namespace: string | undefined): string {
  return KINDS[kindId].namespaced ? namespace ?? 'default' : CLUSTER_SCOPE;
}

function keyOf(
  kindId: KindId,
  namespace: string | undefined,
  name: string,
): string {
  return `${kindId} ${scopeOf(kindId, namespace)} ${name}`;
}
