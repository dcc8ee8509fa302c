import { ApiError, badRequest } from '../api/status';
import { customResource, type CustomVersion } from './customResources';
import { splitGroupVersion } from './groupVersion';
import { ResourceTable } from './resourceTable';
import { SchemaRegistry } from './schema/registry';
import type { Schema } from './schema/types';
import type { ResourceType, StoredObject } from './types';
import { isRecord } from './values';

/** What a cluster serves at this moment, with the schemas: the built-in kinds, and those of its definitions. */
export class ServedResources {
  readonly #table: ResourceTable;
  readonly #schemas = new SchemaRegistry();

  static create(resources: readonly ResourceType[]): ServedResources {
    return new ServedResources(ResourceTable.create(resources));
  }

  private constructor(table: ResourceTable) {
    this.#table = table;
  }

  all(): readonly ResourceType[] {
    return this.#table.all();
  }

  byKind(group: string, kind: string): ResourceType | undefined {
    return this.#table.byKind(group, kind);
  }

  byPlural(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    return this.#table.byPlural(group, version, plural);
  }

  schemaOf(resource: ResourceType, version: string): Schema | undefined {
    return this.#schemas.schemaOf(resource, version);
  }

  customVersion(
    resource: ResourceType,
    version: string,
  ): CustomVersion | undefined {
    return this.#schemas.customVersion(resource, version);
  }

  /** Serves what a definition defines now, and no longer what it defined; tells which resource that is. */
  define(
    definition: StoredObject,
    old: StoredObject | undefined,
  ): ResourceType | undefined {
    const resource = customResource(definition);
    if (resource) {
      this.#table.set(resource);
      this.#schemas.define(resource, definition);
    } else if (old) {
      this.withdraw(old);
    }
    return resource;
  }

  withdraw(definition: StoredObject): void {
    const resource = customResource(definition);
    if (resource) {
      this.#table.delete(resource);
      this.#schemas.remove(resource);
    }
  }

  /** The resource and version of an object; refuses what the cluster does not serve, and a wrong scope. */
  resourceFor(object: StoredObject): {
    resource: ResourceType;
    version: string;
  } {
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
    if (!isRecord(object.metadata)) {
      throw badRequest(`${object.kind} has no metadata`);
    }
    const { name, namespace } = object.metadata;
    if (resource.namespaced && !namespace) {
      throw badRequest(
        `an empty namespace may not be set: ${object.kind} "${name}" needs metadata.namespace`,
      );
    }
    if (!resource.namespaced && namespace) {
      throw badRequest(
        `namespace "${namespace}" is set on ${object.kind} "${name}", which is cluster-scoped`,
      );
    }
    return { resource, version };
  }
}

export function isDefinition(resource: ResourceType): boolean {
  return (
    resource.group === 'apiextensions.k8s.io' &&
    resource.kind === 'CustomResourceDefinition'
  );
}

export function isNamespace(resource: ResourceType): boolean {
  return resource.group === '' && resource.kind === 'Namespace';
}

export function isPod(resource: ResourceType): boolean {
  return resource.group === '' && resource.kind === 'Pod';
}

export function isService(resource: ResourceType): boolean {
  return resource.group === '' && resource.kind === 'Service';
}
