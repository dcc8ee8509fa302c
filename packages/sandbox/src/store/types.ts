import type { CustomVersion } from './customResources';
import type { Schema } from './schema/types';

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
  finalizers?: string[];
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
  /** Names that stand for several resources, as `all` does. */
  categories?: string[];
  /** Whether `metadata.generation` counts the changes of the desired state. Custom resources always do. */
  generation?: boolean;
  /** Where `/scale` is a subresource: the paths of its values. */
  scale?: ScalePaths;
}

/** Paths in the object, as in `.spec.replicas`. */
export interface ScalePaths {
  specReplicas: string;
  statusReplicas: string;
  /** The path of a selector in its string form, or of a LabelSelector. */
  selector?: string;
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

export interface WriteOptions {
  /** Do all but store: the answer is what would be stored. */
  dryRun?: boolean;
  /** Store the object although it breaks its schema, as an object does that is older than its schema. */
  skipValidation?: boolean;
}

export interface DeleteOptions {
  dryRun?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
}

/**
 * The objects of one cluster, in memory. Reads return frozen objects that must not be changed;
 * writes return the stored state and notify the listeners synchronously, in order.
 * Every refusal is an ApiError that carries the Kubernetes `Status` of the answer.
 *
 * Every write is treated as the API server treats it: unknown fields go, defaults are filled in (a Service gets its
 * addresses), and what breaks the schema is refused.
 *
 * A namespaced object needs its Namespace object; deleting that deletes what is in it. Custom resources exist while
 * their CustomResourceDefinition is stored and go with it. A write by a listener is delivered after the event that
 * the listener is being told of.
 */
export interface ObjectStore {
  resources(): readonly ResourceType[];
  /** The resource of a group and kind; undefined where the cluster does not serve it. */
  resourceOf(group: string, kind: string): ResourceType | undefined;
  /** The resource that a path names. */
  resourceAt(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined;
  /** The form of a resource's objects in one of its versions, where it is known. */
  schemaOf(resource: ResourceType, version: string): Schema | undefined;
  /** A version of a custom resource, as its definition has it. */
  customVersion(
    resource: ResourceType,
    version: string,
  ): CustomVersion | undefined;
  /** Sorted by namespace and name. */
  list(resource: ResourceType, namespace?: string): readonly StoredObject[];
  get(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined;
  /** Refuses an object that exists; leaves the status out where that is a subresource. */
  create(object: StoredObject, options?: WriteOptions): StoredObject;
  /** Replaces the object but its status. With `metadata.resourceVersion` given and old: a 409 ApiError. */
  update(object: StoredObject, options?: WriteOptions): StoredObject;
  /** Replaces only the status. */
  updateStatus(object: StoredObject, options?: WriteOptions): StoredObject;
  /**
   * Creates or replaces, whatever was there: what a saved manifest does. No event where nothing changed. Takes the
   * status if the object has one, else keeps it; a new object keeps the uid and creationTimestamp that it brings.
   */
  put(object: StoredObject, options?: WriteOptions): StoredObject;
  /** With finalizers the object stays, marked by `deletionTimestamp`, until an update removes the last of them. */
  delete(
    resource: ResourceType,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): StoredObject;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: StoreEvent) => void): () => void;
  /** The resource version of the last change. */
  readonly resourceVersion: number;
}
