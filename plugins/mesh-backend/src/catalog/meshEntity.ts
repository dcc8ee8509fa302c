import {
  Entity,
  RELATION_API_CONSUMED_BY,
  RELATION_DEPENDENCY_OF,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  EntitySelection,
  entitySelection,
  KUBERNETES_LABEL_SELECTOR_ANNOTATION,
  SelectorSyntaxError,
  TRACE_SERVICE_ANNOTATION,
} from 'backstage-plugin-mesh-common';

/** What of a catalog entity decides about its mesh data. */
export interface MeshEntity {
  ref: string;
  title?: string;
  owner?: string;
  system?: string;
  /** Absent: no annotation says which workloads are its own. */
  selection?: EntitySelection;
  /** What is wrong with the annotation, where it cannot be read. */
  selectionError?: string;
  /** The name of its service in the trace stores, where the annotation gives one. */
  traceService?: string;
  /** Who the catalog says calls it. */
  clientRefs: readonly string[];
}

/**
 * Reads an entity. Its declared clients are the entities that depend on it, and those that consume an API
 * that it provides.
 */
export function meshEntity(
  entity: Entity,
  consumersOf: (apiRef: string) => readonly string[],
): MeshEntity {
  const ref = stringifyEntityRef(entity);
  const { title, annotations } = entity.metadata;
  const traceService = annotations?.[TRACE_SERVICE_ANNOTATION];
  const [owner] = relationsOf(entity, RELATION_OWNED_BY);
  const system = relationsOf(entity, RELATION_PART_OF).find(target =>
    target.startsWith('system:'),
  );
  const clientRefs = new Set([
    ...relationsOf(entity, RELATION_DEPENDENCY_OF),
    ...relationsOf(entity, RELATION_PROVIDES_API).flatMap(consumersOf),
  ]);
  clientRefs.delete(ref);
  return {
    ref,
    ...(title && { title }),
    ...(owner && { owner }),
    ...(system && { system }),
    ...selectionOf(ref, entity),
    ...(traceService && { traceService }),
    clientRefs: [...clientRefs].sort(),
  };
}

/** Those who consume an API. */
export function apiConsumers(api: Entity): string[] {
  return relationsOf(api, RELATION_API_CONSUMED_BY);
}

function relationsOf({ relations = [] }: Entity, type: string): string[] {
  return relations
    .filter(relation => relation.type === type)
    .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
}

function selectionOf(
  ref: string,
  { metadata }: Entity,
): Pick<MeshEntity, 'selection' | 'selectionError'> {
  try {
    const selection = entitySelection(metadata.annotations);
    return selection ? { selection } : {};
  } catch (error) {
    if (error instanceof SelectorSyntaxError) {
      return {
        selectionError: `The annotation ${KUBERNETES_LABEL_SELECTOR_ANNOTATION} of ${ref} cannot be read: ${error.message}`,
      };
    }
    throw error;
  }
}
