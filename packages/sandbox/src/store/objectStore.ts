import {
  alreadyExists,
  ApiError,
  badRequest,
  conflict,
  modified,
  notFound,
} from '../api/status';
import { builtinResources } from './builtinResources';
import { Collection } from './collection';
import {
  checkDefinition,
  customResource,
  establishedStatus,
} from './customResources';
import { applyDefaults } from './defaults';
import { EventQueue } from './eventQueue';
import { groupVersionOf, splitGroupVersion } from './groupVersion';
import { checkName, generateName } from './names';
import { resourceKey, ResourceTable } from './resourceTable';
import {
  prepareForCreate,
  prepareForImport,
  prepareForReplacement,
  prepareForStatusUpdate,
  prepareForUpdate,
} from './strategy';
import type {
  DeleteOptions,
  ObjectStore,
  ResourceType,
  StoredObject,
  StoreEvent,
  WriteOptions,
} from './types';
import { cloneJson, deepFreeze, equalJson, isRecord } from './values';

export interface ObjectStoreOptions {
  /** The built-in kinds; all that the sandbox knows where it is left out. */
  resources?: readonly ResourceType[];
  /** The clock of the timestamps. */
  now?: () => Date;
}

type Prepare = (
  resource: ResourceType,
  old: StoredObject,
  object: StoredObject,
) => StoredObject;

class MemoryObjectStore implements ObjectStore {
  readonly #table: ResourceTable;
  readonly #now: () => Date;
  readonly #collections = new Map<string, Collection>();
  readonly #events = new EventQueue();
  #resourceVersion = 1;

  static create(options: ObjectStoreOptions): MemoryObjectStore {
    return new MemoryObjectStore(
      ResourceTable.create(options.resources ?? builtinResources),
      options.now ?? (() => new Date()),
    );
  }

  private constructor(table: ResourceTable, now: () => Date) {
    this.#table = table;
    this.#now = now;
  }

  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  resources(): readonly ResourceType[] {
    return this.#table.all();
  }

  resourceOf(group: string, kind: string): ResourceType | undefined {
    return this.#table.byKind(group, kind);
  }

  resourceAt(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.#table.byPlural(group, version, plural);
  }

  list(resource: ResourceType, namespace?: string): readonly StoredObject[] {
    return this.#collections.get(resourceKey(resource))?.list(namespace) ?? [];
  }

  get(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined {
    return this.#collections
      .get(resourceKey(resource))
      ?.get(namespaceKey(resource, namespace), name);
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  create(object: StoredObject, options: WriteOptions = {}): StoredObject {
    const resource = this.#resourceFor(object);
    if (object.metadata.resourceVersion) {
      throw badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    }
    return this.#insert(
      resource,
      this.#named(resource, object),
      options,
      prepareForCreate,
    );
  }

  update(object: StoredObject, options: WriteOptions = {}): StoredObject {
    return this.#replace(object, options, prepareForUpdate);
  }

  updateStatus(object: StoredObject, options: WriteOptions = {}): StoredObject {
    return this.#replace(object, options, (_resource, old, given) =>
      prepareForStatusUpdate(old, given),
    );
  }

  put(object: StoredObject, options: WriteOptions = {}): StoredObject {
    const { resourceVersion: _version, ...metadata } = object.metadata;
    const { uid: _uid, ...anyUid } = metadata;
    const resource = this.#resourceFor(object);
    return this.get(resource, metadata.namespace, metadata.name)
      ? this.#replace(
          { ...object, metadata: anyUid },
          options,
          prepareForReplacement,
        )
      : this.#insert(
          resource,
          this.#named(resource, { ...object, metadata }),
          options,
          prepareForImport,
        );
  }

  delete(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
    options: DeleteOptions = {},
  ): StoredObject {
    const old = this.get(resource, namespace, name);
    if (!old) {
      throw notFound(resource, name);
    }
    checkPreconditions(resource, old, options.preconditions);
    if (old.metadata.finalizers?.length) {
      return old.metadata.deletionTimestamp
        ? old
        : this.#write(resource, old, marked(old, this.#timestamp()), options);
    }
    return options.dryRun ? old : this.#remove(resource, old);
  }

  #resourceFor(object: StoredObject): ResourceType {
    if (!isRecord(object.metadata)) {
      throw badRequest('metadata: Required value');
    }
    const { group, version } = splitGroupVersion(object.apiVersion ?? '');
    const resource = this.#table.byKind(group, object.kind);
    if (!resource?.versions.includes(version)) {
      throw new ApiError(
        404,
        'NotFound',
        `no matches for kind "${object.kind}" in version "${object.apiVersion}"`,
        {},
      );
    }
    const namespace = object.metadata.namespace ?? '';
    if (resource.namespaced && !namespace) {
      throw badRequest(
        `an empty namespace may not be set: ${object.kind} "${object.metadata.name}" needs metadata.namespace`,
      );
    }
    if (!resource.namespaced && namespace) {
      throw badRequest(
        `namespace "${namespace}" is set on ${object.kind} "${object.metadata.name}", which is cluster-scoped`,
      );
    }
    return resource;
  }

  #named(resource: ResourceType, object: StoredObject): StoredObject {
    const { name, generateName: prefix } = object.metadata;
    const generated =
      !name && typeof prefix === 'string' && prefix
        ? generateName(prefix)
        : name;
    return {
      ...object,
      metadata: { ...object.metadata, name: checkName(resource, generated) },
    };
  }

  #insert(
    resource: ResourceType,
    object: StoredObject,
    options: WriteOptions,
    prepare: typeof prepareForCreate,
  ): StoredObject {
    const { namespace, name } = object.metadata;
    if (this.get(resource, namespace, name)) {
      throw alreadyExists(resource, name);
    }
    this.#checkNamespace(resource, namespace);
    const prepared = prepare(resource, cloneJson(object), this.#timestamp());
    return this.#write(resource, undefined, prepared, options);
  }

  #checkNamespace(resource: ResourceType, namespace: string | undefined): void {
    const namespaces = this.#table.byKind('', 'Namespace');
    if (resource.namespaced && namespaces && namespace) {
      if (!this.get(namespaces, undefined, namespace)) {
        throw notFound(namespaces, namespace);
      }
    }
  }

  #replace(
    object: StoredObject,
    options: WriteOptions,
    prepare: Prepare,
  ): StoredObject {
    const resource = this.#resourceFor(object);
    const { namespace, name, uid, resourceVersion } = object.metadata;
    const old = this.get(resource, namespace, name);
    if (!old) {
      throw notFound(resource, name);
    }
    checkPreconditions(resource, old, { uid });
    if (resourceVersion && resourceVersion !== old.metadata.resourceVersion) {
      throw modified(resource, name);
    }
    const prepared = prepare(resource, old, cloneJson(object));
    return this.#write(resource, old, prepared, options);
  }

  /** Stores what was prepared; without a change nothing happens. */
  #write(
    resource: ResourceType,
    old: StoredObject | undefined,
    prepared: StoredObject,
    options: WriteOptions,
  ): StoredObject {
    const object = this.#admit(resource, prepared);
    if (old && equalJson(old, object)) {
      return old;
    }
    if (options.dryRun) {
      return deepFreeze(object);
    }
    if (
      old?.metadata.deletionTimestamp &&
      !object.metadata.finalizers?.length
    ) {
      return this.#remove(resource, object);
    }
    const stored = this.#commit(object);
    this.#collectionOf(resource).set(
      namespaceKey(resource, object.metadata.namespace),
      object.metadata.name,
      stored,
    );
    if (isDefinition(resource)) {
      this.#serve(stored);
    }
    this.#notify(old ? 'MODIFIED' : 'ADDED', resource, stored, old);
    return stored;
  }

  #admit(resource: ResourceType, object: StoredObject): StoredObject {
    const admitted = applyDefaults(resource, {
      ...object,
      apiVersion: groupVersionOf(resource.group, resource.versions[0]),
    });
    if (!isDefinition(resource)) {
      return admitted;
    }
    checkDefinition(admitted);
    return {
      ...admitted,
      status: establishedStatus(admitted, this.#timestamp()),
    };
  }

  #remove(resource: ResourceType, old: StoredObject): StoredObject {
    this.#removeDependents(resource, old);
    this.#collectionOf(resource).delete(
      namespaceKey(resource, old.metadata.namespace),
      old.metadata.name,
    );
    const last = this.#commit(old);
    if (isDefinition(resource)) {
      const custom = customResource(old);
      if (custom) {
        this.#table.delete(custom);
      }
    }
    this.#notify('DELETED', resource, last, old);
    return last;
  }

  /** What cannot be without the object: what is in a namespace, the objects of a definition. */
  #removeDependents(resource: ResourceType, old: StoredObject): void {
    if (resource.group === '' && resource.kind === 'Namespace') {
      for (const namespaced of this.#table.all()) {
        if (namespaced.namespaced) {
          this.list(namespaced, old.metadata.name).forEach(object =>
            this.#remove(namespaced, object),
          );
        }
      }
    }
    const custom = isDefinition(resource) ? customResource(old) : undefined;
    if (custom) {
      this.list(custom).forEach(object => this.#remove(custom, object));
    }
  }

  #serve(definition: StoredObject): void {
    const resource = customResource(definition);
    if (!resource) {
      return;
    }
    this.#table.set(resource);
    const apiVersion = groupVersionOf(resource.group, resource.versions[0]);
    const collection = this.#collectionOf(resource);
    for (const object of collection.list()) {
      if (object.apiVersion !== apiVersion) {
        collection.set(
          namespaceKey(resource, object.metadata.namespace),
          object.metadata.name,
          deepFreeze({ ...object, apiVersion }),
        );
      }
    }
  }

  #commit(object: StoredObject): StoredObject {
    this.#resourceVersion += 1;
    return deepFreeze({
      ...object,
      metadata: {
        ...object.metadata,
        resourceVersion: String(this.#resourceVersion),
      },
    });
  }

  #notify(
    type: StoreEvent['type'],
    resource: ResourceType,
    object: StoredObject,
    previous: StoredObject | undefined,
  ): void {
    this.#events.push({
      type,
      resource,
      object,
      ...(previous && { previous }),
      resourceVersion: Number(object.metadata.resourceVersion),
    });
  }

  #collectionOf(resource: ResourceType): Collection {
    const key = resourceKey(resource);
    let collection = this.#collections.get(key);
    if (!collection) {
      collection = new Collection();
      this.#collections.set(key, collection);
    }
    return collection;
  }

  /** Kubernetes times have whole seconds. */
  #timestamp(): string {
    return this.#now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }
}

export function createObjectStore(
  options: ObjectStoreOptions = {},
): ObjectStore {
  return MemoryObjectStore.create(options);
}

function namespaceKey(
  resource: ResourceType,
  namespace: string | undefined,
): string {
  return resource.namespaced ? namespace ?? '' : '';
}

function isDefinition(resource: ResourceType): boolean {
  return (
    resource.group === 'apiextensions.k8s.io' &&
    resource.kind === 'CustomResourceDefinition'
  );
}

function marked(object: StoredObject, deletionTimestamp: string): StoredObject {
  return {
    ...object,
    metadata: {
      ...object.metadata,
      deletionTimestamp,
      deletionGracePeriodSeconds: 0,
      ...(object.metadata.generation !== undefined && {
        generation: object.metadata.generation + 1,
      }),
    },
  };
}

function checkPreconditions(
  resource: ResourceType,
  object: StoredObject,
  preconditions: DeleteOptions['preconditions'],
): void {
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid && uid !== object.metadata.uid) {
    throw conflict(
      resource,
      object.metadata.name,
      `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${object.metadata.uid}`,
    );
  }
  if (resourceVersion && resourceVersion !== object.metadata.resourceVersion) {
    throw conflict(
      resource,
      object.metadata.name,
      `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${object.metadata.resourceVersion}`,
    );
  }
}
