import { KindId } from '../kubernetes/kinds';
import { changesBetween } from './changesBetween';
import { sameItems } from './defineQuestion';
import type { MeshSnapshot } from './MeshSnapshot';
import type { DependencySet } from './DependencyGraph';

/** A part of a snapshot that something depends on. */
export class InputNode {
  readonly id: number;
  /** The sets that it is in. */
  readonly sets = new Set<DependencySet>();
  /** When it was last found changed, and last collected. */
  changedIn = 0;
  seenIn = 0;
  readonly forget: () => void;

  constructor(id: number, forget: () => void) {
    this.id = id;
    this.forget = forget;
  }
}

interface KindNodes {
  kind?: InputNode;
  namespaces?: InputNode;
  read?: InputNode;
  scopes: Map<string, ScopeNodes>;
}

interface ScopeNodes {
  bucket?: InputNode;
  objects: Map<string, InputNode>;
}

/** The parts of a snapshot that something depends on, by what they are, so that two snapshots are compared where it matters. */
export class InputNodes {
  readonly #kinds = new Map<KindId, KindNodes>();
  readonly #nextId: () => number;
  #malformed: InputNode | undefined;
  readonly #peers = new Map<string, InputNode>();

  constructor(nextId: () => number) {
    this.#nextId = nextId;
  }

  object(kindId: KindId, namespace: string, name: string): InputNode {
    const { objects } = this.#scope(kindId, namespace);
    const known = objects.get(name);
    if (known) {
      return known;
    }
    const made = this.#make(() => objects.delete(name));
    objects.set(name, made);
    return made;
  }

  bucket(kindId: KindId, namespace: string): InputNode {
    const scope = this.#scope(kindId, namespace);
    scope.bucket ??= this.#make(() => delete scope.bucket);
    return scope.bucket;
  }

  kind(kindId: KindId): InputNode {
    const kind = this.#kind(kindId);
    kind.kind ??= this.#make(() => delete kind.kind);
    return kind.kind;
  }

  namespaces(kindId: KindId): InputNode {
    const kind = this.#kind(kindId);
    kind.namespaces ??= this.#make(() => delete kind.namespaces);
    return kind.namespaces;
  }

  read(kindId: KindId): InputNode {
    const kind = this.#kind(kindId);
    kind.read ??= this.#make(() => delete kind.read);
    return kind.read;
  }

  malformed(): InputNode {
    this.#malformed ??= this.#make(() => {
      this.#malformed = undefined;
    });
    return this.#malformed;
  }

  peers(mesh: string): InputNode {
    const known = this.#peers.get(mesh);
    if (known) {
      return known;
    }
    const made = this.#make(() => this.#peers.delete(mesh));
    this.#peers.set(mesh, made);
    return made;
  }

  /** Those that differ between two snapshots. */
  *changed(
    before: MeshSnapshot,
    after: MeshSnapshot,
  ): IterableIterator<InputNode> {
    if (this.#malformed && before.malformedByKey() !== after.malformedByKey()) {
      yield this.#malformed;
    }
    for (const [mesh, peers] of this.#peers) {
      if (!sameItems(before.peers(mesh), after.peers(mesh))) {
        yield peers;
      }
    }
    for (const [kindId, nodes] of this.#kinds) {
      if (nodes.read && before.read(kindId) !== after.read(kindId)) {
        yield nodes.read;
      }
      const [old, current] = [before.buckets(kindId), after.buckets(kindId)];
      if (old !== current) {
        yield* changedOfKind(nodes, old, current);
      }
    }
  }

  #make(forget: () => void): InputNode {
    return new InputNode(this.#nextId(), forget);
  }

  #kind(kindId: KindId): KindNodes {
    const known = this.#kinds.get(kindId);
    if (known) {
      return known;
    }
    const made: KindNodes = { scopes: new Map() };
    this.#kinds.set(kindId, made);
    return made;
  }

  #scope(kindId: KindId, namespace: string): ScopeNodes {
    const { scopes } = this.#kind(kindId);
    const known = scopes.get(namespace);
    if (known) {
      return known;
    }
    const made: ScopeNodes = { objects: new Map() };
    scopes.set(namespace, made);
    return made;
  }
}

type Objects = ReadonlyMap<string, unknown>;

const NO_OBJECTS: Objects = new Map();

function* changedOfKind(
  { kind, namespaces, scopes }: KindNodes,
  before: ReadonlyMap<string, Objects>,
  after: ReadonlyMap<string, Objects>,
): IterableIterator<InputNode> {
  if (kind) {
    yield kind;
  }
  const changes = changesBetween(before, after);
  if (
    namespaces &&
    (!changes || changes.removed.length > 0 || changes.added.length > 0)
  ) {
    yield namespaces;
  }
  for (const namespace of changes?.keys ?? scopes.keys()) {
    const scope = scopes.get(namespace);
    if (scope) {
      yield* changedOfScope(
        scope,
        before.get(namespace) ?? NO_OBJECTS,
        after.get(namespace) ?? NO_OBJECTS,
      );
    }
  }
}

function* changedOfScope(
  { bucket, objects }: ScopeNodes,
  before: Objects,
  after: Objects,
): IterableIterator<InputNode> {
  if (before === after) {
    return;
  }
  if (bucket) {
    yield bucket;
  }
  for (const name of changesBetween(before, after)?.keys ?? objects.keys()) {
    const node = objects.get(name);
    if (node && before.get(name) !== after.get(name)) {
      yield node;
    }
  }
}
