import { badRequest, notFound } from '../api/status';
import { admit, receive, type Incoming } from './admission';
import { builtinResources } from './builtinResources';
import { Collections } from './collection';
import type { CustomVersion } from './customResources';
import { dependentsOf } from './dependents';
import { EventQueue } from './eventQueue';
import { withName } from './names';
import { checkAbsent, checkDeletion, checkUpdate } from './preconditions';
import type { Schema } from './schema/types';
import { isDefinition, ServedResources } from './servedResources';
import {
  markForDeletion,
  prepareForCreate,
  prepareForImport,
  prepareForReplacement,
  prepareForStatusUpdate,
  prepareForUpdate,
} from './strategy';
import { timestamp } from './timestamp';
import type {
  DeleteOptions,
  ObjectStore,
  ResourceType,
  StoredObject,
  StoreEvent,
  WriteOptions,
} from './types';
import { deepFreeze, equalJson } from './values';

export interface ObjectStoreOptions {
  /** The built-in kinds; all that the sandbox knows where it is left out. */
  resources?: readonly ResourceType[];
  /** The clock of the timestamps. */
  now?: () => Date;
}

class MemoryObjectStore implements ObjectStore {
  readonly #served: ServedResources;
  readonly #now: () => Date;
  readonly #collections = new Collections();
  readonly #events = new EventQueue();
  #resourceVersion = 1;

  static create(options: ObjectStoreOptions): MemoryObjectStore {
    return new MemoryObjectStore(
      ServedResources.create(options.resources ?? builtinResources),
      options.now ?? (() => new Date()),
    );
  }

  private constructor(served: ServedResources, now: () => Date) {
    this.#served = served;
    this.#now = now;
  }

  get resourceVersion(): number {
    return this.#resourceVersion;
  }

  resources(): readonly ResourceType[] {
    return this.#served.all();
  }

  resourceOf(group: string, kind: string): ResourceType | undefined {
    return this.#served.byKind(group, kind);
  }

  resourceAt(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.#served.byPlural(group, version, plural);
  }

  schemaOf(resource: ResourceType, version: string): Schema | undefined {
    return this.#served.schemaOf(resource, version);
  }

  customVersion(
    resource: ResourceType,
    version: string,
  ): CustomVersion | undefined {
    return this.#served.customVersion(resource, version);
  }

  list(resource: ResourceType, namespace?: string): readonly StoredObject[] {
    return this.#collections.list(resource, namespace);
  }

  get(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined {
    return this.#collections.get(resource, namespace, name);
  }

  subscribe(listener: (event: StoreEvent) => void): () => void {
    return this.#events.subscribe(listener);
  }

  create(object: StoredObject, options: WriteOptions = {}): StoredObject {
    if (object.metadata?.resourceVersion) {
      throw badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    }
    return this.#insert(
      receive(this.#served, object, options),
      prepareForCreate,
    );
  }

  update(object: StoredObject, options: WriteOptions = {}): StoredObject {
    return this.#replace(
      receive(this.#served, object, options),
      prepareForUpdate,
    );
  }

  updateStatus(object: StoredObject, options: WriteOptions = {}): StoredObject {
    return this.#replace(
      receive(this.#served, object, options),
      prepareForStatusUpdate,
    );
  }

  put(object: StoredObject, options: WriteOptions = {}): StoredObject {
    const incoming = receive(this.#served, object, options);
    const { resourceVersion: _version, ...metadata } = incoming.object.metadata;
    if (!this.get(incoming.resource, metadata.namespace, metadata.name)) {
      return this.#insert(
        { ...incoming, object: { ...incoming.object, metadata } },
        prepareForImport,
      );
    }
    const { uid: _uid, ...anyUid } = metadata;
    return this.#replace(
      { ...incoming, object: { ...incoming.object, metadata: anyUid } },
      prepareForReplacement,
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
    checkDeletion(resource, old, options.preconditions);
    if (!old.metadata.finalizers?.length) {
      return options.dryRun ? old : this.#remove(resource, old);
    }
    const marked = markForDeletion(old, timestamp(this.#now()));
    return options.dryRun || equalJson(marked, old)
      ? marked
      : this.#commit(resource, old, marked);
  }

  #insert(incoming: Incoming, prepare: typeof prepareForCreate): StoredObject {
    const { resource } = incoming;
    const object = withName(resource, incoming.object);
    const { namespace, name } = object.metadata;
    checkAbsent(resource, name, this.get(resource, namespace, name));
    this.#checkNamespace(resource, namespace ?? '');
    return this.#write(
      {
        ...incoming,
        object: prepare(resource, object, timestamp(this.#now())),
      },
      undefined,
    );
  }

  #checkNamespace(resource: ResourceType, namespace: string): void {
    const namespaces = this.#served.byKind('', 'Namespace');
    if (
      resource.namespaced &&
      namespaces &&
      !this.get(namespaces, undefined, namespace)
    ) {
      throw notFound(namespaces, namespace);
    }
  }

  #replace(incoming: Incoming, prepare: typeof prepareForUpdate): StoredObject {
    const { resource, object } = incoming;
    const { namespace, name, uid, resourceVersion } = object.metadata;
    const old = this.get(resource, namespace, name);
    if (!old) {
      throw notFound(resource, name);
    }
    checkUpdate(resource, old, { uid, resourceVersion });
    return this.#write(
      { ...incoming, object: prepare(resource, old, object) },
      old,
    );
  }

  /** Admits and stores what was prepared; without a change nothing happens. */
  #write(incoming: Incoming, old: StoredObject | undefined): StoredObject {
    const { resource, options } = incoming;
    const object = admit(this.#served, incoming, old, {
      siblings: () => this.list(resource),
      now: timestamp(this.#now()),
    });
    if (old && equalJson(old, object)) {
      return old;
    }
    if (options.dryRun) {
      return deepFreeze(object);
    }
    return old?.metadata.deletionTimestamp &&
      !object.metadata.finalizers?.length
      ? this.#remove(resource, old, object)
      : this.#commit(resource, old, object);
  }

  #commit(
    resource: ResourceType,
    old: StoredObject | undefined,
    object: StoredObject,
  ): StoredObject {
    const stored = this.#versioned(object);
    this.#collections.set(resource, stored);
    if (isDefinition(resource)) {
      const defined = this.#served.define(stored, old);
      if (defined) {
        this.#collections.restate(defined);
      }
    }
    this.#events.push({
      type: old ? 'MODIFIED' : 'ADDED',
      resource,
      object: stored,
      ...(old && { previous: old }),
      resourceVersion: this.#resourceVersion,
    });
    return stored;
  }

  #remove(
    resource: ResourceType,
    old: StoredObject,
    final: StoredObject = old,
  ): StoredObject {
    return this.#events.together(() => {
      for (const [type, dependents] of dependentsOf(
        resource,
        old,
        this.#served,
        this.#collections,
      )) {
        dependents.forEach(dependent => this.#remove(type, dependent));
      }
      if (isDefinition(resource)) {
        this.#served.withdraw(old);
      }
      this.#collections.delete(resource, old);
      const last = this.#versioned(final);
      this.#events.push({
        type: 'DELETED',
        resource,
        object: last,
        previous: old,
        resourceVersion: this.#resourceVersion,
      });
      return last;
    });
  }

  #versioned(object: StoredObject): StoredObject {
    this.#resourceVersion += 1;
    const resourceVersion = String(this.#resourceVersion);
    return deepFreeze({
      ...object,
      metadata: { ...object.metadata, resourceVersion },
    });
  }
}

export function createObjectStore(
  options: ObjectStoreOptions = {},
): ObjectStore {
  return MemoryObjectStore.create(options);
}
