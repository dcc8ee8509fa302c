import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';

/** The name of the field in templates: `ui:field: MeshPlacement`. */
export const PLACEMENT_FIELD = 'MeshPlacement';

/** What the field gives to a template. */
export const placementFieldSchema = makeFieldSchema({
  output: z =>
    z.object({
      cluster: z.string().optional().describe('Name of the cluster'),
      namespace: z.string().optional().describe('Namespace on the cluster'),
    }),
});
