import { KindId } from '../kubernetes/kinds';
import type { Question } from './defineQuestion';
import { InputNode, InputNodes } from './inputNodes';
import type { MeshSnapshot } from './MeshSnapshot';
import { SnapshotObserver } from './SnapshotObserver';

/** Whatever depends on a set of nodes and is to be told where one of them may have changed. */
export interface Dependent {
  suspect(set: DependencySet): void;
}

type Node = InputNode | AnswerNode;

/** What some results were computed from. Results that were computed from the same share the set. */
export class DependencySet {
  readonly id: number;
  readonly key: string;
  readonly nodes: readonly Node[];
  readonly dependents = new Set<Dependent>();
  suspectIn = 0;
  verifiedIn = 0;
  changed = false;

  constructor(id: number, key: string, nodes: readonly Node[]) {
    this.id = id;
    this.key = key;
    this.nodes = nodes;
  }
}

/** The answer to a question that was asked. */
class AnswerNode implements Dependent {
  readonly id: number;
  readonly question: Question<unknown>;
  readonly key: string;
  readonly sets = new Set<DependencySet>();
  readonly forget: () => void;
  readonly #onSuspect: (node: AnswerNode) => void;
  answer: unknown;
  from: DependencySet | undefined;
  suspectIn = 0;
  verifiedIn = 0;
  changedIn = 0;
  seenIn = 0;

  constructor(
    id: number,
    question: Question<unknown>,
    key: string,
    onSuspect: (node: AnswerNode) => void,
    forget: () => void,
  ) {
    this.id = id;
    this.question = question;
    this.key = key;
    this.#onSuspect = onSuspect;
    this.forget = forget;
  }

  suspect(): void {
    this.#onSuspect(this);
  }
}

/** The nodes that one computation has read so far. */
interface Frame {
  id: number;
  nodes: Node[];
}

/**
 * What results depend on, over the successive snapshots of one cluster. A change is followed from the parts of the
 * snapshot that it touches to the results that were computed from them; it ends at a question whose answer stays what
 * it was. Results themselves are kept by who computes them.
 */
export class DependencyGraph implements SnapshotObserver {
  #lastId = 0;
  #round = 1;
  readonly #inputs = new InputNodes(() => ++this.#lastId);
  readonly #answers = new Map<object, Map<string, AnswerNode>>();
  readonly #sets = new Map<string, DependencySet>();
  readonly #unused = new Set<DependencySet>();
  readonly #frames: Frame[] = [];
  #lastFrame = 0;
  #plain: MeshSnapshot;
  #observed: MeshSnapshot;

  constructor(snapshot: MeshSnapshot) {
    this.#plain = snapshot;
    this.#observed = snapshot.observed(this);
  }

  /** The next snapshot: everything that may have changed is told so. */
  moveTo(snapshot: MeshSnapshot): void {
    this.#round += 1;
    const changed = [...this.#inputs.changed(this.#plain, snapshot)];
    this.#plain = snapshot;
    this.#observed = snapshot.observed(this);
    for (const node of changed) {
      node.changedIn = this.#round;
      this.#suspectAll(node);
    }
  }

  /** Computes something of the current snapshot, and says what it was computed from. */
  track<T>(compute: (snapshot: MeshSnapshot) => T): {
    value: T;
    from: DependencySet;
  } {
    this.#frames.push({ id: ++this.#lastFrame, nodes: [] });
    let value: T;
    try {
      value = compute(this.#observed);
    } catch (error) {
      this.#frames.pop();
      throw error;
    }
    const frame = this.#frames.pop();
    return { value, from: this.#setOf(frame?.nodes ?? []) };
  }

  /** What a computation depends on that reads nothing of the snapshot. */
  get nothing(): DependencySet {
    return this.#setOf([]);
  }

  /** The current snapshot, for what is not followed. */
  get snapshot(): MeshSnapshot {
    return this.#plain;
  }

  /** Whether something of the set changed with the last snapshot. */
  hasChanged(set: DependencySet): boolean {
    if (set.suspectIn !== this.#round) {
      return false;
    }
    if (set.verifiedIn !== this.#round) {
      set.changed = set.nodes.some(node => {
        if (node instanceof AnswerNode) {
          this.#refresh(node);
        }
        return node.changedIn === this.#round;
      });
      set.verifiedIn = this.#round;
    }
    return set.changed;
  }

  hold(set: DependencySet, dependent: Dependent): void {
    set.dependents.add(dependent);
  }

  release(set: DependencySet, dependent: Dependent): void {
    set.dependents.delete(dependent);
    if (set.dependents.size === 0) {
      this.#unused.add(set);
    }
  }

  /** Forgets what nothing depends on any more. To be called when nothing is being computed. */
  sweep(): void {
    for (const set of this.#unused) {
      this.#unused.delete(set);
      if (set.dependents.size === 0 && this.#sets.delete(set.key)) {
        set.nodes.forEach(node => this.#leave(node, set));
      }
    }
  }

  object(kindId: KindId, namespace: string, name: string): void {
    this.#see(this.#inputs.object(kindId, namespace, name));
  }

  bucket(kindId: KindId, namespace: string): void {
    this.#see(this.#inputs.bucket(kindId, namespace));
  }

  kind(kindId: KindId): void {
    this.#see(this.#inputs.kind(kindId));
  }

  namespaces(kindId: KindId): void {
    this.#see(this.#inputs.namespaces(kindId));
  }

  read(kindId: KindId): void {
    this.#see(this.#inputs.read(kindId));
  }

  malformed(): void {
    this.#see(this.#inputs.malformed());
  }

  /** Depends on everything that is in them. */
  peers(mesh: string, peers: readonly MeshSnapshot[]): readonly MeshSnapshot[] {
    this.#see(this.#inputs.peers(mesh));
    return peers;
  }

  answer<T>(question: Question<T>, key: string): T {
    const node = this.#answerNode(question as Question<unknown>, key);
    this.#refresh(node);
    this.#see(node);
    // Answers are kept by the question that gave them.
    return node.answer as T;
  }

  #answerNode(question: Question<unknown>, key: string): AnswerNode {
    const asked = this.#answers.get(question) ?? new Map<string, AnswerNode>();
    this.#answers.set(question, asked);
    const known = asked.get(key);
    if (known) {
      return known;
    }
    const made = new AnswerNode(
      ++this.#lastId,
      question,
      key,
      node => this.#suspectAnswer(node),
      () => asked.delete(key),
    );
    asked.set(key, made);
    return made;
  }

  #refresh(node: AnswerNode): void {
    if (!node.from) {
      this.#compute(node);
    } else if (
      node.suspectIn === this.#round &&
      node.verifiedIn !== this.#round
    ) {
      if (this.hasChanged(node.from)) {
        const before = node.answer;
        this.#compute(node);
        if (node.question.same(before, node.answer)) {
          // The same object as before, so that what was made of it stays as well.
          node.answer = before;
        } else {
          node.changedIn = this.#round;
        }
      }
      node.verifiedIn = this.#round;
    }
  }

  #compute(node: AnswerNode): void {
    const { value, from } = this.track(snapshot =>
      node.question.answer(snapshot, node.key),
    );
    node.answer = value;
    const old = node.from;
    node.from = from;
    this.hold(from, node);
    if (old && old !== from) {
      this.release(old, node);
    }
  }

  #see(node: Node): void {
    const frame = this.#frames[this.#frames.length - 1];
    if (frame && node.seenIn !== frame.id) {
      node.seenIn = frame.id;
      frame.nodes.push(node);
    }
  }

  #setOf(seen: readonly Node[]): DependencySet {
    const nodes =
      seen.length < 2 ? seen : [...new Set(seen)].sort((a, b) => a.id - b.id);
    const key = nodes.map(({ id }) => id).join(',');
    const known = this.#sets.get(key);
    if (known) {
      return known;
    }
    const made = new DependencySet(++this.#lastId, key, nodes);
    this.#sets.set(key, made);
    nodes.forEach(node => node.sets.add(made));
    // Until somebody holds it.
    this.#unused.add(made);
    return made;
  }

  #suspectAll(node: Node): void {
    for (const set of node.sets) {
      if (set.suspectIn !== this.#round) {
        set.suspectIn = this.#round;
        set.dependents.forEach(dependent => dependent.suspect(set));
      }
    }
  }

  #suspectAnswer(node: AnswerNode): void {
    if (node.suspectIn !== this.#round) {
      node.suspectIn = this.#round;
      this.#suspectAll(node);
    }
  }

  #leave(node: Node, set: DependencySet): void {
    node.sets.delete(set);
    if (node.sets.size > 0) {
      return;
    }
    node.forget();
    if (node instanceof AnswerNode && node.from) {
      this.release(node.from, node);
      node.from = undefined;
    }
  }
}
