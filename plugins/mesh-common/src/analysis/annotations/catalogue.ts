import { z } from 'zod';
import vendored from './vendored/istio.json';

const catalogueSchema = z.object({
  annotations: z.array(
    z.object({
      name: z.string(),
      /** The kinds that it has a meaning on. */
      resources: z.array(z.string()),
      deprecated: z.boolean().default(false),
      /** What does not say it is alpha, as in the catalogue's own type. */
      featureStatus: z.string().default('Alpha'),
    }),
  ),
});

export type KnownAnnotation = z.infer<
  typeof catalogueSchema
>['annotations'][number];

/** Istio's catalogue of annotations, by name. */
export const KNOWN_ANNOTATIONS: ReadonlyMap<string, KnownAnnotation> = new Map(
  catalogueSchema
    .parse(vendored)
    .annotations.map(annotation => [annotation.name, annotation]),
);
