/** A Kubernetes object as the sandbox stores it: any kind, whole. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: StoredMetadata;
  [field: string]: unknown;
}

/** The part of the metadata that the sandbox itself reads or writes. */
export interface StoredMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  managedFields?: unknown[];
  [field: string]: unknown;
}

/**
 * A resource that a cluster serves. All versions of a resource share one storage; an object is stored
 * with the first version's apiVersion and answered in the version that was asked for.
 */
export interface ResourceType {
  /** Empty for the core group. */
  group: string;
  /** Served versions, preferred first. */
  versions: string[];
  kind: string;
  plural: string;
  singular: string;
  shortNames: string[];
  namespaced: boolean;
  /** Whether `/status` is a subresource of its own (then an update of the object leaves the status alone). */
  statusSubresource: boolean;
  /** A built-in kind knows strategic merge patch; a custom resource answers 415 to it. */
  custom: boolean;
}

/** One change of the store, in the order of resource versions. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  resource: ResourceType;
  object: StoredObject;
  /** The previous state; absent for ADDED. */
  previous?: StoredObject;
  resourceVersion: number;
}

/**
 * The objects of one cluster, in memory. Reads return frozen objects that must not be changed;
 * writes return the stored state and notify the listeners synchronously, in order.
 * Every refusal is an ApiError that carries the Kubernetes `Status` of the answer.
 */
export interface ObjectStore {
  resources(): readonly ResourceType[];
  /** The resource of a group and kind; undefined where the cluster does not serve it. */
  resourceOf(group: string, kind: string): ResourceType | undefined;
  list(resource: ResourceType, namespace?: string): readonly StoredObject[];
  get(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined;
  create(object: StoredObject): StoredObject;
  /** Replaces the object. With `metadata.resourceVersion` given and old: a 409 ApiError. */
  update(object: StoredObject): StoredObject;
  /** Replaces only the status. */
  updateStatus(object: StoredObject): StoredObject;
  /** Creates or replaces, whatever was there: what a saved manifest does. No event where nothing changed. */
  put(object: StoredObject): StoredObject;
  delete(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
  /** The resource version of the last change. */
  readonly resourceVersion: number;
}
