import { createPermission } from '@backstage/plugin-permission-common';

/**
 * Lets the holder see the clusters themselves, and the names of neighbours (callers, clients) that they may
 * not read in the catalog or that have no entity. Without it, entity pages still work and neighbours are counted.
 *
 * @public
 */
export const meshFleetReadPermission = createPermission({
  name: 'mesh.fleet.read',
  attributes: { action: 'read' },
});

/**
 * The resource type of catalog entities, as `@backstage/plugin-catalog-common/alpha` has it: policies decide
 * about the permissions below with the catalog's own rules, such as `isEntityOwner`.
 */
const CATALOG_ENTITY = 'catalog-entity';

/**
 * Lets the holder vouch for items of an entity's production readiness checklist, and take that back.
 *
 * @public
 */
export const meshChecklistAttestPermission = createPermission({
  name: 'mesh.checklist.attest',
  attributes: { action: 'update' },
  resourceType: CATALOG_ENTITY,
});

/**
 * Lets the holder waive items of an entity's production readiness checklist, and take that back.
 *
 * @public
 */
export const meshChecklistWaivePermission = createPermission({
  name: 'mesh.checklist.waive',
  attributes: { action: 'update' },
  resourceType: CATALOG_ENTITY,
});

/**
 * All permissions of the mesh plugin.
 *
 * @public
 */
export const meshPermissions = [
  meshFleetReadPermission,
  meshChecklistAttestPermission,
  meshChecklistWaivePermission,
];
