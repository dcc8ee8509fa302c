import { compareObjects } from './collection';
import { resourceKey } from './resourceTable';
import type {
  ObjectStore,
  ResourceType,
  StoredObject,
  StoreEvent,
} from './types';

const DEFAULT_SIZE = 10_000;

/**
 * The latest changes of a store, as many as fit: what a watch resumes from, and what a list of the past is computed
 * from. What is older than the log is gone, as it is after a compaction.
 */
export class EventLog {
  readonly #store: ObjectStore;
  readonly #size: number;
  readonly #end: () => void;
  /** A ring: `#first` is the index of the oldest event. */
  readonly #events: StoreEvent[] = [];
  #first = 0;
  /** The last resource version whose following changes are all known. */
  #floor: number;

  static create(store: ObjectStore, options: { size?: number } = {}): EventLog {
    return new EventLog(store, options.size ?? DEFAULT_SIZE);
  }

  private constructor(store: ObjectStore, size: number) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Error(`the size of an event log must be positive, not ${size}`);
    }
    this.#store = store;
    this.#size = size;
    this.#floor = store.resourceVersion;
    this.#end = store.subscribe(event => this.#add(event));
  }

  close(): void {
    this.#end();
  }

  /** Whether changes since this resource version are lost. */
  isExpired(resourceVersion: number): boolean {
    return resourceVersion < this.#floor;
  }

  get oldest(): number {
    return this.#floor;
  }

  /** The changes of a resource after a resource version, in order. */
  since(resource: ResourceType, resourceVersion: number): StoreEvent[] {
    const key = resourceKey(resource);
    const found: StoreEvent[] = [];
    for (let index = this.#events.length - 1; index >= 0; index--) {
      const event = this.#at(index);
      if (event.resourceVersion <= resourceVersion) {
        break;
      }
      if (resourceKey(event.resource) === key) {
        found.push(event);
      }
    }
    return found.reverse();
  }

  /** The objects as they were at a resource version: the present ones with the later changes undone. */
  listAt(
    resource: ResourceType,
    namespace: string | undefined,
    resourceVersion: number,
  ): readonly StoredObject[] {
    const later = this.since(resource, resourceVersion);
    const present = this.#store.list(resource, namespace);
    if (later.length === 0) {
      return present;
    }
    const objects = new Map(present.map(object => [objectKey(object), object]));
    for (const { object, previous } of later.reverse()) {
      if (namespace === undefined || object.metadata.namespace === namespace) {
        if (previous) {
          objects.set(objectKey(object), previous);
        } else {
          objects.delete(objectKey(object));
        }
      }
    }
    return [...objects.values()].sort(compareObjects);
  }

  #add(event: StoreEvent): void {
    if (this.#events.length < this.#size) {
      this.#events.push(event);
      return;
    }
    this.#floor = this.#events[this.#first].resourceVersion;
    this.#events[this.#first] = event;
    this.#first = (this.#first + 1) % this.#size;
  }

  #at(index: number): StoreEvent {
    return this.#events[(this.#first + index) % this.#events.length];
  }
}

function objectKey(object: StoredObject): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}
