import type { z } from 'zod';
import type { ObjectStore, StoredObject } from '../store/types';

/** An object of a kind, with the part that the sandbox reads. */
export interface Item<T> {
  object: StoredObject;
  name: string;
  namespace: string;
  uid: string;
  /** Seconds since the epoch, as Kubernetes keeps it. */
  created: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  body: T;
}

export interface Kind<T> {
  group: string;
  kind: string;
  /** The readable objects, sorted by namespace and name; none where the kind is not served. */
  list(store: ObjectStore, namespace?: string): Item<T>[];
  get(
    store: ObjectStore,
    namespace: string | undefined,
    name: string,
  ): Item<T> | undefined;
  /** The object as an item; undefined where it does not have the form of its kind. */
  read(object: StoredObject): Item<T> | undefined;
}

/**
 * A kind of object and the fields of it that the sandbox reads. An object in which they are malformed is treated as
 * controllers and proxies treat what they cannot decode: as if it were not there.
 */
export function defineKind<T>(
  group: string,
  kind: string,
  schema: z.ZodType<T>,
): Kind<T> {
  const cache = new WeakMap<StoredObject, Item<T> | null>();

  function read(object: StoredObject): Item<T> | undefined {
    let item = cache.get(object);
    if (item === undefined) {
      const parsed = schema.safeParse(object);
      const { metadata } = object;
      item = parsed.success
        ? {
            object,
            name: metadata.name,
            namespace: metadata.namespace ?? '',
            uid: metadata.uid ?? '',
            created: metadata.creationTimestamp ?? '',
            labels: metadata.labels ?? {},
            annotations: metadata.annotations ?? {},
            body: parsed.data,
          }
        : null;
      cache.set(object, item);
    }
    return item ?? undefined;
  }

  return {
    group,
    kind,
    read,
    list(store, namespace) {
      const resource = store.resourceOf(group, kind);
      return resource
        ? store.list(resource, namespace).flatMap(object => read(object) ?? [])
        : [];
    },
    get(store, namespace, name) {
      const resource = store.resourceOf(group, kind);
      const object = resource && store.get(resource, namespace, name);
      return object && read(object);
    },
  };
}

/** The oldest first, as all controllers order objects of equal rank; then by name, then by namespace. */
export function byAge(a: Item<unknown>, b: Item<unknown>): number {
  return (
    compare(a.created, b.created) ||
    compare(a.name, b.name) ||
    compare(a.namespace, b.namespace)
  );
}

function compare(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
