import { z } from 'zod';
import { ClusterApi } from './ClusterApi';

const documentSchema = z.object({
  components: z.object({
    schemas: z.record(
      z.string(),
      z.looseObject({
        'x-kubernetes-group-version-kind': z
          .array(
            z.object({
              group: z.string(),
              version: z.string(),
              kind: z.string(),
            }),
          )
          .optional(),
      }),
    ),
  }),
});

/**
 * What the cluster publishes of the schemas of custom kinds in `/openapi/v3`, which everybody may read, in the form of
 * the CustomResourceDefinitions that not everybody may list.
 */
export async function publishedDefinitions(
  api: ClusterApi,
  lists: Iterable<string>,
): Promise<object[]> {
  const groups = new Set(
    [...lists]
      .map(path => path.slice(1, path.lastIndexOf('/')))
      // Kubernetes' own groups have no dot, or are no custom kinds.
      .filter(path => /^apis\/\S+\./.test(path)),
  );
  const found: object[] = [];
  for (const path of groups) {
    const { status, body } = await api.get(`/openapi/v3/${path}`);
    const document = documentSchema.safeParse(body);
    // Where it is not published, the schemas that come with the command count.
    if (status === 200 && document.success) {
      found.push(...definitionsIn(document.data));
    }
  }
  return found;
}

function definitionsIn({
  components: { schemas },
}: z.infer<typeof documentSchema>): object[] {
  return Object.values(schemas).flatMap(schema =>
    (schema['x-kubernetes-group-version-kind'] ?? [])
      .filter(({ group, kind }) => group.includes('.') && !isOfAll(kind))
      .map(({ group, version, kind }) => ({
        kind: 'CustomResourceDefinition',
        metadata: { name: `${kind}.${group}` },
        spec: {
          group,
          names: { kind },
          versions: [{ name: version, schema: { openAPIV3Schema: schema } }],
        },
      })),
  );
}

/** Types that every group has besides its kinds. */
function isOfAll(kind: string): boolean {
  return (
    kind.endsWith('List') ||
    kind.endsWith('Options') ||
    kind === 'Status' ||
    kind === 'WatchEvent'
  );
}
