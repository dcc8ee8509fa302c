import { checkDefinition, establishedStatus } from './customResources';
import { admitPodSpec } from './defaults/podSpec';
import { allocateAddresses } from './defaults/service';
import { groupVersionOf } from './groupVersion';
import { cannotBeHandled, decodeObject } from './schema/decode';
import {
  isDefinition,
  isPod,
  isService,
  type ServedResources,
} from './servedResources';
import type { ResourceType, StoredObject, WriteOptions } from './types';
import { checkObject } from './validation/checkObject';
import { cloneJson, isRecord, recordOf } from './values';

/** A write on its way: the object as it was sent, in the form that the server works with. */
export interface Incoming {
  resource: ResourceType;
  /** The version in which the object was sent. */
  version: string;
  object: StoredObject;
  options: WriteOptions;
}

/** Reads what was sent; refuses what is of no kind that is served, or cannot be read as one. */
export function receive(
  served: ServedResources,
  object: StoredObject,
  options: WriteOptions,
): Incoming {
  const { resource, version } = served.resourceFor(object);
  const schema = served.schemaOf(resource, version);
  const decoded = decodeObject(resource, schema, cloneJson(object));
  const { kind } = resource;
  if (decoded.unreadable && !options.skipValidation) {
    throw cannotBeHandled(kind, version, kind, decoded.unreadable);
  }
  return { resource, version, object: decoded.object, options };
}

/** What the cluster has at the moment of a write. */
interface Surroundings {
  /** The objects of the same kind. */
  siblings: () => readonly StoredObject[];
  now: string;
}

/** Refuses what may not be stored; else the object as it is stored, with what the API server itself allocates. */
export function admit(
  served: ServedResources,
  { resource, version, object: prepared, options }: Incoming,
  old: StoredObject | undefined,
  { siblings, now }: Surroundings,
): StoredObject {
  const object = completed(resource, prepared, old, siblings);
  if (!options.skipValidation) {
    checkObject(resource, served.schemaOf(resource, version), object, old);
  }
  if (isDefinition(resource)) {
    checkDefinition(object);
  }
  return {
    ...object,
    ...(isDefinition(resource) && { status: establishedStatus(object, now) }),
    apiVersion: groupVersionOf(resource.group, resource.versions[0]),
  };
}

/** With what the API server itself decides of an object. */
function completed(
  resource: ResourceType,
  object: StoredObject,
  old: StoredObject | undefined,
  siblings: () => readonly StoredObject[],
): StoredObject {
  if (isService(resource)) {
    return withAddresses(object, old, siblings);
  }
  return isPod(resource) && !old && isRecord(object.spec)
    ? { ...object, spec: admitPodSpec(object.spec) }
    : object;
}

function withAddresses(
  object: StoredObject,
  old: StoredObject | undefined,
  siblings: () => readonly StoredObject[],
): StoredObject {
  const { clusterIP, clusterIPs } = recordOf(old?.spec);
  const spec = recordOf(object.spec);
  const kept =
    clusterIP !== undefined && spec.clusterIP === undefined
      ? { ...spec, clusterIP, clusterIPs }
      : spec;
  const others = siblings()
    .filter(sibling => sibling !== old)
    .map(sibling => recordOf(sibling.spec));
  return { ...object, spec: allocateAddresses(kept, others) };
}
