import { KindId, KINDS } from '../kubernetes/kinds';
import { KubernetesObject } from '../kubernetes/objects';
import { MalformedObject } from '../kubernetes/parse';
import { DraftMaps } from './DraftMaps';
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
  readonly #maps = new DraftMaps();

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
        this.malformed = this.#maps.set(
          this.malformed,
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
        this.reads = this.#maps.set(this.reads, change.kindId, change.read);
        break;
      default:
        throw new TypeError(`Unknown change ${JSON.stringify(change)}`);
    }
  }

  /** To be called once, after the last change. */
  end(): void {
    this.#maps.note();
  }

  #put(
    kindId: KindId,
    namespace: string | undefined,
    name: string,
    object: KubernetesObject,
  ): void {
    const scope = scopeOf(kindId, namespace);
    const buckets = this.kinds.get(kindId) ?? EMPTY_BUCKETS;
    const bucket = buckets.get(scope) ?? EMPTY_BUCKET;
    this.#setBucket(kindId, scope, this.#maps.set(bucket, name, object));
  }

  #remove(kindId: KindId, namespace: string | undefined, name: string): void {
    const scope = scopeOf(kindId, namespace);
    const bucket = this.kinds.get(kindId)?.get(scope);
    if (bucket?.has(name)) {
      this.#setBucket(kindId, scope, this.#maps.delete(bucket, name));
    }
  }

  #setBucket(kindId: KindId, scope: string, bucket: AnyBucket): void {
    const before = this.kinds.get(kindId) ?? EMPTY_BUCKETS;
    if (bucket.size > 0 && before.get(scope) === bucket) {
      // The copy of this draft, where it already is.
      return;
    }
    const buckets =
      bucket.size > 0
        ? this.#maps.set(before, scope, bucket)
        : this.#maps.delete(before, scope);
    this.kinds = this.#maps.set(this.kinds, kindId, buckets);
  }

  #forgetMalformed(
    kindId: KindId,
    namespace: string | undefined,
    name: string,
  ): void {
    const key = keyOf(kindId, namespace, name);
    if (this.malformed.has(key)) {
      this.malformed = this.#maps.delete(this.malformed, key);
    }
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
