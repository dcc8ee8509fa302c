import { KindId } from '../kubernetes/kinds';
import { sameItems, type Question } from './defineQuestion';
import type { MeshSnapshot } from './MeshSnapshot';
import { ReadState } from './readState';
import { SnapshotObserver } from './SnapshotObserver';

/** A part of a snapshot that something was computed from, which tells whether it is the same in another one. */
export interface Dependency {
  isSame(snapshot: MeshSnapshot): boolean;
}

/** Collects what a computation reads of a snapshot. */
export class DependencyCollector implements SnapshotObserver {
  readonly #found = new Map<string, Dependency>();
  readonly #questions = new Map<object, Map<string, Dependency>>();

  get dependencies(): readonly Dependency[] {
    return [
      ...this.#found.values(),
      ...[...this.#questions.values()].flatMap(asked => [...asked.values()]),
    ];
  }

  object(kindId: KindId, namespace: string, name: string, object: unknown) {
    this.#found.set(`object ${kindId} ${namespace} ${name}`, {
      isSame: snapshot => snapshot.get(kindId, namespace, name) === object,
    });
  }

  bucket(kindId: KindId, namespace: string, bucket: unknown) {
    this.#found.set(`bucket ${kindId} ${namespace}`, {
      isSame: snapshot => snapshot.bucket(kindId, namespace) === bucket,
    });
  }

  kind(kindId: KindId, buckets: unknown) {
    this.#found.set(`kind ${kindId}`, {
      isSame: snapshot => snapshot.buckets(kindId) === buckets,
    });
  }

  namespaces(kindId: KindId, buckets: ReadonlyMap<string, unknown>) {
    const names = [...buckets.keys()];
    this.#found.set(`namespaces ${kindId}`, {
      isSame: snapshot => {
        const now = snapshot.namespacesOf(kindId);
        return (
          now.length === names.length &&
          now.every((name, index) => name === names[index])
        );
      },
    });
  }

  read(kindId: KindId, read: ReadState) {
    this.#found.set(`read ${kindId}`, {
      isSame: snapshot => snapshot.read(kindId) === read,
    });
  }

  malformed(malformed: unknown) {
    this.#found.set('malformed', {
      isSame: snapshot => snapshot.malformedByKey() === malformed,
    });
  }

  peers(mesh: string, peers: readonly MeshSnapshot[]) {
    this.#found.set(`peers ${mesh}`, {
      isSame: snapshot => sameItems(snapshot.peers(mesh), peers),
    });
  }

  answer<T>(question: Question<T>, key: string, snapshot: MeshSnapshot): T {
    const answer = snapshot.ask(question, key);
    const asked =
      this.#questions.get(question) ?? new Map<string, Dependency>();
    this.#questions.set(question, asked);
    asked.set(key, {
      isSame: later => question.same(later.ask(question, key), answer),
    });
    return answer;
  }
}
