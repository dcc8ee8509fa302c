import type { StoredObject } from './types';

/** The objects of one resource, by namespace and name. */
export class Collection {
  readonly #byNamespace = new Map<string, Map<string, StoredObject>>();
  #sorted: readonly StoredObject[] | undefined;

  get(namespace: string, name: string): StoredObject | undefined {
    return this.#byNamespace.get(namespace)?.get(name);
  }

  set(object: StoredObject): void {
    const { namespace = '', name } = object.metadata;
    const objects = this.#byNamespace.get(namespace) ?? new Map();
    this.#byNamespace.set(namespace, objects);
    objects.set(name, object);
    this.#sorted = undefined;
  }

  delete(object: StoredObject): void {
    const { namespace = '', name } = object.metadata;
    this.#byNamespace.get(namespace)?.delete(name);
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
