import type { Collections } from './collection';
import { customResource } from './customResources';
import {
  isDefinition,
  isNamespace,
  type ServedResources,
} from './servedResources';
import type { ResourceType, StoredObject } from './types';

/** What cannot be without an object: what is in a namespace, the objects of a definition. */
export function dependentsOf(
  resource: ResourceType,
  object: StoredObject,
  served: ServedResources,
  collections: Collections,
): [ResourceType, readonly StoredObject[]][] {
  if (isNamespace(resource)) {
    return served
      .all()
      .filter(type => type.namespaced)
      .map(type => [type, collections.list(type, object.metadata.name)]);
  }
  const custom = isDefinition(resource) ? customResource(object) : undefined;
  return custom ? [[custom, collections.list(custom)]] : [];
}
