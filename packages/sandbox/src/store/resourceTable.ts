import type { ResourceType } from './types';

/** Identifies a resource across its versions, and across changes of its definition. */
export function resourceKey(
  resource: Pick<ResourceType, 'group' | 'plural'>,
): string {
  return `${resource.plural}.${resource.group}`;
}

/** The resources that a cluster serves at this moment. */
export class ResourceTable {
  readonly #byKey = new Map<string, ResourceType>();

  static create(resources: readonly ResourceType[]): ResourceTable {
    const table = new ResourceTable();
    resources.forEach(resource => table.set(resource));
    return table;
  }

  all(): readonly ResourceType[] {
    return [...this.#byKey.values()];
  }

  set(resource: ResourceType): void {
    this.#byKey.set(resourceKey(resource), resource);
  }

  delete(resource: Pick<ResourceType, 'group' | 'plural'>): void {
    this.#byKey.delete(resourceKey(resource));
  }

  byKey(key: string): ResourceType | undefined {
    return this.#byKey.get(key);
  }

  byKind(group: string, kind: string): ResourceType | undefined {
    return this.all().find(
      resource => resource.group === group && resource.kind === kind,
    );
  }

  byPlural(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined {
    const resource = this.#byKey.get(resourceKey({ group, plural }));
    return resource?.versions.includes(version) ? resource : undefined;
  }
}
