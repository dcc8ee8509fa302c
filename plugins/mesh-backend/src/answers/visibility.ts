import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { stringifyEntityRef } from '@backstage/catalog-model';

/** Who asks. */
export interface Caller {
  credentials: BackstageCredentials;
  /** Whether they hold mesh.fleet.read. */
  mayReadFleet: boolean;
}

/**
 * What of an entity's neighbours a caller may be told: those that they may read in the catalog. Holders of
 * mesh.fleet.read are told of all, also of those that have no entity.
 */
export interface Visibility {
  all: boolean;
  readable: ReadonlySet<string>;
}

/** Whether a neighbour is named, and as which entity. */
export type Shown = { shown: false } | { shown: true; entityRef?: string };

/** Asks the catalog, as the caller, which of these entities they may read. */
export async function visibilityOf(
  caller: Caller,
  refs: Iterable<string>,
  catalog: CatalogService,
): Promise<Visibility> {
  const entityRefs = [...new Set(refs)];
  if (caller.mayReadFleet || entityRefs.length === 0) {
    return { all: caller.mayReadFleet, readable: new Set() };
  }
  const { items } = await catalog.getEntitiesByRefs(
    {
      entityRefs,
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    },
    { credentials: caller.credentials },
  );
  return {
    all: false,
    readable: new Set(
      items.flatMap(entity => (entity ? stringifyEntityRef(entity) : [])),
    ),
  };
}

/** How a neighbour that stands for these entities is shown. */
export function shownAs(
  { all, readable }: Visibility,
  refs: readonly string[],
): Shown {
  const entityRef = all ? refs[0] : refs.find(ref => readable.has(ref));
  if (entityRef !== undefined) {
    return { shown: true, entityRef };
  }
  return all ? { shown: true } : { shown: false };
}
