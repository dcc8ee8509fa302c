import { groupVersionOf } from './groupVersion';
import { resourceKey } from './resourceTable';
import type { ResourceType, StoredObject } from './types';
import { deepFreeze } from './values';

/** The objects of one resource, by namespace and name. */
class Collection {
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

/** All objects, by their resources. */
export class Collections {
  readonly #byResource = new Map<string, Collection>();

  get(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined {
    const scope = resource.namespaced ? namespace ?? '' : '';
    return this.#of(resource).get(scope, name);
  }

  list(resource: ResourceType, namespace?: string): readonly StoredObject[] {
    return this.#of(resource).list(namespace);
  }

  set(resource: ResourceType, object: StoredObject): void {
    this.#of(resource).set(object);
  }

  delete(resource: ResourceType, object: StoredObject): void {
    this.#of(resource).delete(object);
  }

  /** Lets the objects of a resource say the version in which they are stored now. */
  restate(resource: ResourceType): void {
    const apiVersion = groupVersionOf(resource.group, resource.versions[0]);
    this.list(resource)
      .filter(object => object.apiVersion !== apiVersion)
      .forEach(object =>
        this.set(resource, deepFreeze({ ...object, apiVersion })),
      );
  }

  #of(resource: ResourceType): Collection {
    const key = resourceKey(resource);
    const collection = this.#byResource.get(key) ?? new Collection();
    this.#byResource.set(key, collection);
    return collection;
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
