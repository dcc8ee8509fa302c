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
 * All permissions of the mesh plugin.
 *
 * @public
 */
export const meshPermissions = [meshFleetReadPermission];
