import { KindId } from '../kubernetes/kinds';
import { sameItems, type Question } from './defineQuestion';
import type { MeshSnapshot } from './MeshSnapshot';
import { ReadState } from './readState';
import { SnapshotObserver } from './SnapshotObserver';

/** A part of a snapshot that something was computed from, which tells whether it is the same in another one. */
export interface Dependency {
  isSame(snapshot: MeshSnapshot): boolean;
}

/** Another cluster that a computation reads. */
interface ReadPeer {
  mesh: string;
  cluster: string;
  peer: MeshSnapshot;
  observed: MeshSnapshot;
  read: DependencyCollector;
}

/**
 * Collects what a computation reads of a snapshot, and of the other clusters that it leads to: of those as well part by
 * part, so that it keeps alive no more of them than that.
 */
export class DependencyCollector implements SnapshotObserver {
  readonly #found = new Map<string, Dependency>();
  readonly #questions = new Map<object, Map<string, Dependency>>();
  readonly #peers = new Map<string, ReadPeer>();

  get dependencies(): readonly Dependency[] {
    return [
      ...this.#found.values(),
      ...[...this.#questions.values()].flatMap(asked => [...asked.values()]),
      ...[...this.#peers.values()].flatMap(dependenciesOnPeer),
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
    const names = peers.map(({ cluster }) => cluster);
    this.#found.set(`peers ${mesh}`, {
      isSame: snapshot =>
        sameItems(
          snapshot.peers(mesh).map(({ cluster }) => cluster),
          names,
        ),
    });
    return peers.map(peer => this.#observedPeer(mesh, peer));
  }

  #observedPeer(mesh: string, peer: MeshSnapshot): MeshSnapshot {
    const { cluster } = peer;
    const key = `${mesh} ${cluster}`;
    const known = this.#peers.get(key);
    if (known?.peer === peer) {
      return known.observed;
    }
    const read = known?.read ?? new DependencyCollector();
    const observed = peer.observed(read);
    this.#peers.set(key, { mesh, cluster, peer, observed, read });
    return observed;
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

function dependenciesOnPeer({ mesh, cluster, read }: ReadPeer): Dependency[] {
  return read.dependencies.map(({ isSame }) => ({
    isSame: snapshot => {
      const peer = snapshot.peers(mesh).find(one => one.cluster === cluster);
      return peer !== undefined && isSame(peer);
    },
  }));
}
