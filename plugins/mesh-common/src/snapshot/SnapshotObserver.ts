import { KindId } from '../kubernetes/kinds';
import type { Question } from './defineQuestion';
import type { MeshSnapshot } from './MeshSnapshot';
import { ReadState } from './readState';

/**
 * Who is told of every part that is read of a snapshot. The namespace of cluster-scoped kinds is empty.
 *
 * @public
 */
export interface SnapshotObserver {
  object(
    kindId: KindId,
    namespace: string,
    name: string,
    object: unknown,
  ): void;
  /** All objects of a kind in one namespace. */
  bucket(kindId: KindId, namespace: string, bucket: unknown): void;
  /** All objects of a kind. */
  kind(kindId: KindId, buckets: ReadonlyMap<string, unknown>): void;
  /** The namespaces that have objects of a kind. */
  namespaces(kindId: KindId, buckets: ReadonlyMap<string, unknown>): void;
  read(kindId: KindId, read: ReadState): void;
  malformed(malformed: unknown): void;
  /** The other clusters to which a mesh leads. Gives them as they are to be read, so that what is read of them is seen too. */
  peers(mesh: string, peers: readonly MeshSnapshot[]): readonly MeshSnapshot[];
  /** Gives the answer to a question about this snapshot, which nobody observes. */
  answer<T>(question: Question<T>, key: string, snapshot: MeshSnapshot): T;
}

/** Tells two observers of everything. */
export class BothObservers implements SnapshotObserver {
  readonly #inner: SnapshotObserver;
  readonly #outer: SnapshotObserver;

  constructor(inner: SnapshotObserver, outer: SnapshotObserver) {
    this.#inner = inner;
    this.#outer = outer;
  }

  object(kindId: KindId, namespace: string, name: string, object: unknown) {
    this.#inner.object(kindId, namespace, name, object);
    this.#outer.object(kindId, namespace, name, object);
  }

  bucket(kindId: KindId, namespace: string, bucket: unknown) {
    this.#inner.bucket(kindId, namespace, bucket);
    this.#outer.bucket(kindId, namespace, bucket);
  }

  kind(kindId: KindId, buckets: ReadonlyMap<string, unknown>) {
    this.#inner.kind(kindId, buckets);
    this.#outer.kind(kindId, buckets);
  }

  namespaces(kindId: KindId, buckets: ReadonlyMap<string, unknown>) {
    this.#inner.namespaces(kindId, buckets);
    this.#outer.namespaces(kindId, buckets);
  }

  read(kindId: KindId, read: ReadState) {
    this.#inner.read(kindId, read);
    this.#outer.read(kindId, read);
  }

  malformed(malformed: unknown) {
    this.#inner.malformed(malformed);
    this.#outer.malformed(malformed);
  }

  peers(mesh: string, peers: readonly MeshSnapshot[]) {
    return this.#outer.peers(mesh, this.#inner.peers(mesh, peers));
  }

  answer<T>(question: Question<T>, key: string, snapshot: MeshSnapshot): T {
    this.#outer.answer(question, key, snapshot);
    return this.#inner.answer(question, key, snapshot);
  }
}
