import { z } from 'zod';

/** Where the clusters and the credentials for them come from. */
export type ClustersConfig = z.infer<typeof clustersConfigSchema>;

/** `mesh.clusters` of app-config. */
export const clustersConfigSchema = z
  .discriminatedUnion(
    'source',
    [
      z.strictObject({ source: z.literal('kubernetes-plugin') }),
      z.strictObject({
        source: z.literal('kubeconfig'),
        file: z.string().min(1),
        contexts: z
          .array(z.string().min(1))
          .min(1)
          .refine(names => new Set(names).size === names.length, {
            error: 'a context is named twice',
          })
          .optional(),
      }),
      z.strictObject({
        source: z.literal('in-cluster'),
        name: z.string().min(1),
      }),
    ],
    {
      error: issue =>
        issue.code === 'invalid_union'
          ? 'expected kubernetes-plugin, kubeconfig or in-cluster'
          : undefined,
    },
  )
  .default({ source: 'kubernetes-plugin' });
