import { KIND_IDS, KindId, ObjectOf, onlyInFiles } from '../kubernetes/kinds';
import {
  MalformedObject,
  ParsedObject,
  parseObject,
} from '../kubernetes/parse';
import type { Question } from './defineQuestion';
import { ReadState } from './readState';
import {
  Buckets,
  CLUSTER_SCOPE,
  EMPTY_BUCKET,
  EMPTY_BUCKETS,
  MalformedByKey,
  SnapshotDraft,
} from './SnapshotDraft';
import { BothObservers, SnapshotObserver } from './SnapshotObserver';

/**
 * One change to a snapshot.
 *
 * @public
 */
export type SnapshotChange =
  | { type: 'put'; parsed: ParsedObject }
  | { type: 'malformed'; malformed: MalformedObject }
  | { type: 'delete'; kindId: KindId; namespace?: string; name: string }
  | { type: 'read'; kindId: KindId; read: ReadState };

/**
 * The objects of one kind in one namespace by name. Identity changes exactly when content does.
 *
 * @public
 */
export type Bucket<K extends KindId> = ReadonlyMap<string, ObjectOf<K>>;

/**
 * Where the objects come from: on a cluster the written status decides, over files it is predicted.
 *
 * @public
 */
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
 *
 * @public
 */
export class MeshSnapshot {
  readonly cluster: string;
  readonly origin: SnapshotOrigin;
  readonly #kinds: ReadonlyMap<KindId, Buckets>;
  readonly #reads: ReadonlyMap<KindId, ReadState>;
  readonly #malformed: MalformedByKey;
  readonly #peers: readonly MeshSnapshot[];
  readonly #observer: SnapshotObserver | undefined;
  /** The same snapshot without observer. */
  readonly #plain: MeshSnapshot;
  readonly #answers = new Map<object, Map<string, { answer: unknown }>>();

  private constructor(
    cluster: string,
    origin: SnapshotOrigin,
    kinds: ReadonlyMap<KindId, Buckets>,
    reads: ReadonlyMap<KindId, ReadState>,
    malformed: MalformedByKey,
    peers: readonly MeshSnapshot[],
    observed?: { observer: SnapshotObserver; plain: MeshSnapshot },
  ) {
    this.cluster = cluster;
    this.origin = origin;
    this.#kinds = kinds;
    this.#reads = reads;
    this.#malformed = malformed;
    this.#peers = peers;
    this.#observer = observed?.observer;
    this.#plain = observed?.plain ?? this;
  }

  static empty(
    cluster: string,
    origin: SnapshotOrigin = 'cluster',
  ): MeshSnapshot {
    return new MeshSnapshot(
      cluster,
      origin,
      new Map(),
      new Map(),
      new Map(),
      [],
    );
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
      this.#peers,
    );
  }

  /** The same cluster, as a part of something that these other clusters are parts of too, such as one mesh. */
  withPeers(peers: readonly MeshSnapshot[]): MeshSnapshot {
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      this.#kinds,
      this.#reads,
      this.#malformed,
      peers,
    );
  }

  /**
   * The other clusters. A result should not read them but by `defineQuestion`: it then depends on the answer, and not
   * on everything that changes in any of them.
   */
  peers(): readonly MeshSnapshot[] {
    this.#observer?.peers(this.#peers);
    return this.#peers;
  }

  get<K extends KindId>(
    kindId: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    const scope = namespace ?? CLUSTER_SCOPE;
    const object = this.#kinds.get(kindId)?.get(scope)?.get(name);
    this.#observer?.object(kindId, scope, name, object);
    // A bucket of a kind is only ever filled with parsed objects of that kind.
    return object as ObjectOf<K> | undefined;
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
    const scope = namespace ?? CLUSTER_SCOPE;
    const bucket = this.#kinds.get(kindId)?.get(scope) ?? EMPTY_BUCKET;
    this.#observer?.bucket(kindId, scope, bucket);
    return bucket as Bucket<K>;
  }

  /**
   * The objects of a kind in all namespaces (under the empty name those of a cluster-scoped kind), as the key of an
   * index of the whole cluster: what reads it depends on this one part instead of on one for each namespace.
   */
  buckets<K extends KindId>(kindId: K): ReadonlyMap<string, Bucket<K>> {
    const buckets = this.#kinds.get(kindId) ?? EMPTY_BUCKETS;
    this.#observer?.kind(kindId, buckets);
    return buckets as ReadonlyMap<string, Bucket<K>>;
  }

  /** The namespaces that have objects of this kind. */
  namespacesOf(kindId: KindId): string[] {
    const buckets = this.#kinds.get(kindId) ?? EMPTY_BUCKETS;
    this.#observer?.namespaces(kindId, buckets);
    return [...buckets.keys()];
  }

  /** Whether the objects of this kind are known; a rule that needs them says `unknown` where they are not. */
  read(kindId: KindId): ReadState {
    const read = this.#reads.get(kindId) ?? this.#unlessOnlyInFiles(kindId);
    this.#observer?.read(kindId, read);
    return read;
  }

  #unlessOnlyInFiles(kindId: KindId): ReadState {
    return (this.origin === 'cluster' && NOT_MIRRORED.get(kindId)) || READ;
  }

  /** Objects that do not have the shape of their kind. */
  malformed(kindId?: KindId, namespace?: string): MalformedObject[] {
    return [...this.malformedByKey().values()].filter(
      object =>
        (kindId === undefined || object.kindId === kindId) &&
        (namespace === undefined || object.namespace === namespace),
    );
  }

  /** All of them; identity changes exactly when content does. */
  malformedByKey(): MalformedByKey {
    this.#observer?.malformed(this.#malformed);
    return this.#malformed;
  }

  /** The answer to a question, by `defineQuestion`; of one snapshot it is found once. */
  ask<T>(question: Question<T>, key: string): T {
    if (this.#observer) {
      return this.#observer.answer(question, key, this.#plain);
    }
    const answers =
      this.#answers.get(question) ?? new Map<string, { answer: unknown }>();
    this.#answers.set(question, answers);
    const known = answers.get(key) ?? { answer: question.answer(this, key) };
    answers.set(key, known);
    return known.answer as T;
  }

  /** The same snapshot, which tells the observer (and whoever observes this one) of every part that is read of it. */
  observed(observer: SnapshotObserver): MeshSnapshot {
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      this.#kinds,
      this.#reads,
      this.#malformed,
      this.#peers,
      {
        observer: this.#observer
          ? new BothObservers(observer, this.#observer)
          : observer,
        plain: this.#plain,
      },
    );
  }
}
