import {
  EntitySelection,
  entityWorkloads,
  MeshSnapshot,
  Workload,
  WORKLOAD_KINDS,
} from 'backstage-plugin-mesh-common';

interface NamespaceEntry {
  /** What the results were found in: they hold as long as these are the same. */
  buckets: readonly unknown[];
  found: Map<string, readonly Workload[]>;
}

const NOTHING: readonly Workload[] = [];

/**
 * The workloads of selections on one cluster. A selection without a namespace looks into all of them, so
 * that what was found is kept for each: a change costs a search of the namespaces that it touched.
 */
export class SelectionIndex {
  readonly #namespaces = new Map<string, NamespaceEntry>();
  #snapshot: MeshSnapshot | undefined;

  workloads(snapshot: MeshSnapshot, selection: EntitySelection): Workload[] {
    if (selection.cluster && selection.cluster !== snapshot.cluster) {
      return [];
    }
    this.#keepUp(snapshot);
    const { namespace } = selection;
    const namespaces =
      namespace === undefined ? [...this.#namespaces.keys()] : [namespace];
    return namespaces.flatMap(name =>
      this.#inNamespace(snapshot, name, selection),
    );
  }

  /** Forgets selections, of which others may be asked for from now on. */
  clear(): void {
    this.#namespaces.forEach(({ found }) => found.clear());
  }

  #inNamespace(
    snapshot: MeshSnapshot,
    namespace: string,
    selection: EntitySelection,
  ): readonly Workload[] {
    const entry = this.#namespaces.get(namespace);
    if (!entry) {
      return NOTHING;
    }
    const known = entry.found.get(selection.selectorText);
    if (known) {
      return known;
    }
    const workloads = entityWorkloads(snapshot, { ...selection, namespace });
    const found = workloads.length === 0 ? NOTHING : workloads;
    entry.found.set(selection.selectorText, found);
    return found;
  }

  /** Forgets what was found in namespaces that are not what they were. */
  #keepUp(snapshot: MeshSnapshot): void {
    if (snapshot === this.#snapshot) {
      return;
    }
    this.#snapshot = snapshot;
    const names = new Set(
      WORKLOAD_KINDS.flatMap(kindId => snapshot.namespacesOf(kindId)),
    );
    for (const name of this.#namespaces.keys()) {
      if (!names.has(name)) {
        this.#namespaces.delete(name);
      }
    }
    for (const name of [...names].sort()) {
      const buckets = WORKLOAD_KINDS.map(kindId =>
        snapshot.bucket(kindId, name),
      );
      const known = this.#namespaces.get(name);
      if (!known?.buckets.every((bucket, i) => bucket === buckets[i])) {
        this.#namespaces.set(name, { buckets, found: new Map() });
      }
    }
  }
}
