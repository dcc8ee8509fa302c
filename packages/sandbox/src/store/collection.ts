import type { StoredObject } from './types';

/** The objects of one resource, by namespace and name. */
export class Collection {
  readonly #byNamespace = new Map<string, Map<string, StoredObject>>();
  #sorted: readonly StoredObject[] | undefined;

  get(namespace: string, name: string): StoredObject | undefined {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  set(namespace: string, name: string, object: StoredObject): void {
    let objects = this.#byNamespace.get(namespace);
    if (!objects) {
      objects = new Map();
      this.#byNamespace.set(namespace, objects);
    }
    objects.set(name, object);
    this.#sorted = undefined;
  }

  delete(namespace: string, name: string): void {
    const objects = this.#byNamespace.get(namespace);
    objects?.delete(name);
    if (objects?.size === 0) {
      this.#byNamespace.delete(namespace);
    }
    this.#sorted = undefined;
  }

  /** Sorted by namespace and name, as etcd's keys are. */
  list(namespace?: string): readonly StoredObject[] {
    if (namespace !== undefined) {
      return [...(this.#byNamespace.get(namespace)?.values() ?? [])].sort(
        compareObjects,
      );
    }
    this.#sorted ??= [...this.#byNamespace.values()]
      .flatMap(objects => [...objects.values()])
      .sort(compareObjects);
    return this.#sorted;
  }
}

/** The order of a list: by namespace, then by name, in code units. */
export function compareObjects(a: StoredObject, b: StoredObject): number {
  return (
    compareText(a.metadata.namespace ?? '', b.metadata.namespace ?? '') ||
    compareText(a.metadata.name, b.metadata.name)
  );
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
