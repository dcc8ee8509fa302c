import { KIND_IDS, KindId, ObjectOf, onlyInFiles } from '../kubernetes/kinds';
import {
  MalformedObject,
  ParsedObject,
  parseObject,
} from '../kubernetes/parse';
import { ReadState } from './readState';
import {
  Buckets,
  CLUSTER_SCOPE,
  EMPTY_BUCKET,
  MalformedByKey,
  SnapshotDraft,
} from './SnapshotDraft';

/** One change to a snapshot. */
export type SnapshotChange =
  | { type: 'put'; parsed: ParsedObject }
  | { type: 'malformed'; malformed: MalformedObject }
  | { type: 'delete'; kindId: KindId; namespace?: string; name: string }
  | { type: 'read'; kindId: KindId; read: ReadState };

/** The objects of one kind in one namespace by name. Identity changes exactly when content does. */
export type Bucket<K extends KindId> = ReadonlyMap<string, ObjectOf<K>>;

/** A part of a snapshot that something was computed from. */
export type Dependency =
  | { part: 'bucket'; kindId: KindId; namespace?: string; value: unknown }
  | { part: 'namespaces'; kindId: KindId; value: string }
  | { part: 'read'; kindId: KindId; value: ReadState }
  | { part: 'malformed'; value: unknown };

/** Where the objects come from: on a cluster the written status decides, over files it is predicted. */
export type SnapshotOrigin = 'cluster' | 'files';

const READ: ReadState = { state: 'read' };

/** One object a kind, since what was read is compared by identity. */
const NOT_MIRRORED: ReadonlyMap<KindId, ReadState> = new Map(
  KIND_IDS.flatMap(kindId => {
    const message = onlyInFiles(kindId);
    return message ? [[kindId, { state: 'absent', message }]] : [];
  }),
);

/**
 * The objects of one cluster at one moment, immutable to its readers. `apply` makes the next snapshot:
 * it shares with its predecessor whatever did not change, so that indexes of untouched namespaces stay.
 */
export class MeshSnapshot {
  readonly cluster: string;
  readonly origin: SnapshotOrigin;
  readonly #kinds: ReadonlyMap<KindId, Buckets>;
  readonly #reads: ReadonlyMap<KindId, ReadState>;
  readonly #malformed: MalformedByKey;
  readonly #onRead: ((dependency: Dependency) => void) | undefined;

  private constructor(
    cluster: string,
    origin: SnapshotOrigin,
    kinds: ReadonlyMap<KindId, Buckets>,
    reads: ReadonlyMap<KindId, ReadState>,
    malformed: MalformedByKey,
    onRead?: (dependency: Dependency) => void,
  ) {
    this.cluster = cluster;
    this.origin = origin;
    this.#kinds = kinds;
    this.#reads = reads;
    this.#malformed = malformed;
    this.#onRead = onRead;
  }

  static empty(
    cluster: string,
    origin: SnapshotOrigin = 'cluster',
  ): MeshSnapshot {
    return new MeshSnapshot(cluster, origin, new Map(), new Map(), new Map());
  }

  /**
   * A snapshot of raw objects, as files or a test give them. Objects that no rule reads are left out;
   * malformed ones are kept as such.
   */
  static of(
    cluster: string,
    objects: Iterable<unknown>,
    origin: SnapshotOrigin = 'cluster',
  ): MeshSnapshot {
    const changes: SnapshotChange[] = [];
    for (const raw of objects) {
      const result = parseObject(raw);
      if (result.status === 'parsed') {
        changes.push({ type: 'put', parsed: result.parsed });
      } else if (result.status === 'malformed') {
        changes.push({ type: 'malformed', malformed: result.malformed });
      }
    }
    return MeshSnapshot.empty(cluster, origin).apply(changes);
  }

  /** The next snapshot, with these changes made in order. Without changes, this one. */
  apply(changes: readonly SnapshotChange[]): MeshSnapshot {
    if (changes.length === 0) {
      return this;
    }
    const draft = new SnapshotDraft(this.#kinds, this.#reads, this.#malformed);
    for (const change of changes) {
      draft.make(change);
    }
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      draft.kinds,
      draft.reads,
      draft.malformed,
    );
  }

  get<K extends KindId>(
    kindId: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    return this.bucket(kindId, namespace).get(name);
  }

  /** The objects of a kind, in one namespace or in all, in no particular order. */
  *list<K extends KindId>(
    kindId: K,
    namespace?: string,
  ): IterableIterator<ObjectOf<K>> {
    if (namespace !== undefined) {
      yield* this.bucket(kindId, namespace).values();
      return;
    }
    for (const name of this.namespacesOf(kindId)) {
      yield* this.bucket(kindId, name).values();
    }
  }

  /** The objects of a kind in one namespace (cluster-scoped kinds: none given), as the key of an index. */
  bucket<K extends KindId>(kindId: K, namespace?: string): Bucket<K> {
    const bucket =
      this.#kinds.get(kindId)?.get(namespace ?? CLUSTER_SCOPE) ?? EMPTY_BUCKET;
    this.#onRead?.({ part: 'bucket', kindId, namespace, value: bucket });
    // A bucket of a kind is only ever filled with parsed objects of that kind.
    return bucket as Bucket<K>;
  }

  /** The namespaces that have objects of this kind. */
  namespacesOf(kindId: KindId): string[] {
    const names = [...(this.#kinds.get(kindId)?.keys() ?? [])];
    this.#onRead?.({ part: 'namespaces', kindId, value: listed(names) });
    return names;
  }

  /** Whether the objects of this kind are known; a rule that needs them says `unknown` where they are not. */
  read(kindId: KindId): ReadState {
    const read = this.#reads.get(kindId) ?? this.#unlessOnlyInFiles(kindId);
    this.#onRead?.({ part: 'read', kindId, value: read });
    return read;
  }

  #unlessOnlyInFiles(kindId: KindId): ReadState {
    return (this.origin === 'cluster' && NOT_MIRRORED.get(kindId)) || READ;
  }

  /** Objects that do not have the shape of their kind. */
  malformed(kindId?: KindId, namespace?: string): MalformedObject[] {
    this.#onRead?.({ part: 'malformed', value: this.#malformed });
    return [...this.#malformed.values()].filter(
      object =>
        (kindId === undefined || object.kindId === kindId) &&
        (namespace === undefined || object.namespace === namespace),
    );
  }

  /** The same snapshot, which tells `onRead` (and whoever observes this one) of every part that is read of it. */
  observed(onRead: (dependency: Dependency) => void): MeshSnapshot {
    const outer = this.#onRead;
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      this.#kinds,
      this.#reads,
      this.#malformed,
      outer
        ? dependency => {
            onRead(dependency);
            outer(dependency);
          }
        : onRead,
    );
  }

  /** Whether a part that was read of an earlier snapshot of this cluster reads the same now. */
  reads(dependency: Dependency): boolean {
    switch (dependency.part) {
      case 'bucket':
        return (
          this.bucket(dependency.kindId, dependency.namespace) ===
          dependency.value
        );
      case 'namespaces':
        return (
          listed(this.namespacesOf(dependency.kindId)) === dependency.value
        );
      case 'read':
        return this.read(dependency.kindId) === dependency.value;
      case 'malformed':
        this.#onRead?.({ part: 'malformed', value: this.#malformed });
        return this.#malformed === dependency.value;
      default:
        throw new TypeError(`Unknown part ${JSON.stringify(dependency)}`);
    }
  }
}

/** Cluster-scoped kinds have one namespace without a name, which is another list than none. */
function listed(names: readonly string[]): string {
  return JSON.stringify(names);
}
