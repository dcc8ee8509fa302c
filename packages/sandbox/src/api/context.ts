import type { Authorizer } from '../auth/rbac';
import type { EventLog } from '../store/eventLog';
import { groupVersionOf } from '../store/groupVersion';
import type { ObjectStore, ResourceType, StoredObject } from '../store/types';
import type { ApiRequest, ResourceRequest } from './requestInfo';

/** What the handlers of one API server work with. */
export interface ApiContext {
  store: ObjectStore;
  events: EventLog;
  authorizer: Authorizer;
  /** Whether `sendInitialEvents` is served. */
  watchList: boolean;
  bookmarkIntervalMs: number;
  now: () => Date;
}

/** A request for a resource that the cluster serves. */
export interface Target {
  request: ApiRequest;
  resource: ResourceType;
  /** The version in which the client speaks. */
  version: string;
  apiVersion: string;
  namespace?: string;
  /** Empty where the path names no object. */
  name: string;
  /** Empty for the object itself. */
  subresource: string;
}

export function targetOf(
  request: ApiRequest,
  resource: ResourceType,
  { version, namespace, name = '', subresource = '' }: ResourceRequest,
): Target {
  return {
    request,
    resource,
    version,
    apiVersion: groupVersionOf(resource.group, version),
    ...(resource.namespaced && namespace !== undefined && { namespace }),
    name,
    subresource,
  };
}

/** The object in the version in which the client speaks. */
export function inVersion(apiVersion: string, object: StoredObject) {
  return object.apiVersion === apiVersion ? object : { ...object, apiVersion };
}
