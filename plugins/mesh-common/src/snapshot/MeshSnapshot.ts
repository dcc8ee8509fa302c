import { KindId, ObjectOf } from '../kubernetes/kinds';
import { MalformedObject, parseObject } from '../kubernetes/parse';
import type { Question } from './defineQuestion';
import { defaultRead, ReadState, SnapshotOrigin } from './readState';
import { SnapshotChange } from './SnapshotChange';
import {
  Buckets,
  CLUSTER_SCOPE,
  EMPTY_BUCKET,
  EMPTY_BUCKETS,
  MalformedByKey,
  SnapshotDraft,
} from './SnapshotDraft';
import { BothObservers, SnapshotObserver } from './SnapshotObserver';
import { inScope, SnapshotScope, withoutNamespaces } from './SnapshotScope';
import { withReadableParts } from './readableParts';

/**
 * The objects of one kind in one namespace by name. Identity changes exactly when content does.
 *
 * @public
 */
export type Bucket<K extends KindId> = ReadonlyMap<string, ObjectOf<K>>;

const NO_PEERS: readonly MeshSnapshot[] = [];

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
  /** By the mesh. */
  readonly #peers: ReadonlyMap<string, readonly MeshSnapshot[]>;
  readonly #observer: SnapshotObserver | undefined;
  /** The same snapshot without observer. */
  readonly #plain: MeshSnapshot;
  readonly #answers = new Map<object, Map<string, { answer: unknown }>>();
  readonly #scoped = new Map<SnapshotScope, MeshSnapshot>();
  #readable: MeshSnapshot | undefined;
  /** Where this is the part of another snapshot that is in a scope. */
  readonly #part: { whole: MeshSnapshot; scope: SnapshotScope } | undefined;

  private constructor(
    cluster: string,
    origin: SnapshotOrigin,
    kinds: ReadonlyMap<KindId, Buckets>,
    reads: ReadonlyMap<KindId, ReadState>,
    malformed: MalformedByKey,
    peers: ReadonlyMap<string, readonly MeshSnapshot[]>,
    observed?: { observer: SnapshotObserver; plain: MeshSnapshot },
    part?: { whole: MeshSnapshot; scope: SnapshotScope },
  ) {
    this.cluster = cluster;
    this.origin = origin;
    this.#kinds = kinds;
    this.#reads = reads;
    this.#malformed = malformed;
    this.#peers = peers;
    this.#observer = observed?.observer;
    this.#plain = observed?.plain ?? this;
    this.#part = part;
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
      new Map(),
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
    if (this.#part) {
      throw new TypeError(
        'Changes are made to a whole snapshot, not to a part',
      );
    }
    if (changes.length === 0) {
      return this;
    }
    const draft = new SnapshotDraft(this.#kinds, this.#reads, this.#malformed);
    for (const change of changes) {
      draft.make(change);
    }
    draft.end();
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      draft.kinds,
      draft.reads,
      draft.malformed,
      this.#peers,
    );
  }

  /** The same cluster, from which a mesh, by its id, leads to these other ones. */
  withPeers(mesh: string, peers: readonly MeshSnapshot[]): MeshSnapshot {
    return new MeshSnapshot(
      this.cluster,
      this.origin,
      this.#kinds,
      this.#reads,
      this.#malformed,
      new Map(this.#peers).set(mesh, peers),
    );
  }

  /**
   * The other clusters to which a mesh leads from this one, by the id of the mesh. What a `TrackedCache` keeps depends on
   * what it reads of each of them, and what is found for all of a cluster on everything in them: a result should not look
   * for something in them but by `defineQuestion`, and then depends on the answer.
   */
  peers(mesh: string): readonly MeshSnapshot[] {
    const known = this.#peers.get(mesh) ?? NO_PEERS;
    const peers = this.#observer?.peers(mesh, known) ?? known;
    const { scope } = this.#part ?? {};
    return scope ? peers.map(peer => peer.scoped(scope)) : peers;
  }

  /**
   * The same cluster with what can be read of objects that are malformed in part. For analysis alone: no cluster has
   * them.
   */
  withReadableParts(): MeshSnapshot {
    const kinds = withReadableParts(this.#kinds, this.#malformed);
    if (kinds === this.#kinds) {
      return this;
    }
    this.#readable ??= new MeshSnapshot(
      this.cluster,
      this.origin,
      kinds,
      this.#reads,
      this.#malformed,
      this.#peers,
    );
    return this.#readable;
  }

  /** What of this snapshot is in a scope: the rest is as if it were not there. */
  scoped(scope: SnapshotScope): MeshSnapshot {
    if (this.#part?.scope === scope) {
      return this;
    }
    const known =
      this.#scoped.get(scope) ??
      new MeshSnapshot(
        this.cluster,
        this.origin,
        this.#kinds,
        this.#reads,
        this.#malformed,
        this.#peers,
        this.#observer && { observer: this.#observer, plain: this.#plain },
        { whole: this, scope },
      );
    this.#scoped.set(scope, known);
    return known;
  }

  #hides(kindId: KindId, namespace: string): boolean {
    return (
      this.#part !== undefined &&
      this.#part.scope.hides(this.#part.whole, kindId, namespace)
    );
  }

  get<K extends KindId>(
    kindId: K,
    namespace: string | undefined,
    name: string,
  ): ObjectOf<K> | undefined {
    const scope = namespace ?? CLUSTER_SCOPE;
    if (this.#hides(kindId, scope)) {
      return undefined;
    }
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
    if (this.#hides(kindId, scope)) {
      return EMPTY_BUCKET as Bucket<K>;
    }
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
    return this.#shown(kindId, buckets) as ReadonlyMap<string, Bucket<K>>;
  }

  /** The namespaces that have objects of this kind. */
  namespacesOf(kindId: KindId): string[] {
    const buckets = this.#kinds.get(kindId) ?? EMPTY_BUCKETS;
    this.#observer?.namespaces(kindId, buckets);
    return [...this.#shown(kindId, buckets).keys()];
  }

  #shown(kindId: KindId, buckets: Buckets): Buckets {
    return this.#part
      ? withoutNamespaces(buckets, namespace => this.#hides(kindId, namespace))
      : buckets;
  }

  /** Whether the objects of this kind are known; a rule that needs them says `unknown` where they are not. */
  read(kindId: KindId): ReadState {
    const read = this.#reads.get(kindId) ?? defaultRead(kindId, this.origin);
    this.#observer?.read(kindId, read);
    return read;
  }

  /** Stands for what is known of each kind: it is the same from one snapshot to the next as long as that is. */
  get reading(): object {
    return this.#reads;
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
    if (this.#part) {
      const { whole, scope } = this.#part;
      return whole.ask(inScope(question, scope), key);
    }
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
    if (this.#part) {
      return this.#part.whole.observed(observer).scoped(this.#part.scope);
    }
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
