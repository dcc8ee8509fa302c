import { z } from 'zod';
import { JsonSchema, KindSchema, VendoredSchemas } from './jsonSchema';

const amount = z.number().optional();

/** What is read of a schema; a definition may come from a file, where nobody has looked at it yet. */
const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() => {
  const some = z.array(jsonSchema).optional();
  return z.looseObject({
    type: z.string().optional(),
    nullable: z.boolean().optional(),
    properties: z.record(z.string(), jsonSchema).optional(),
    additionalProperties: z.union([jsonSchema, z.boolean()]).optional(),
    items: jsonSchema.optional(),
    required: z.array(z.string()).optional(),
    enum: z.array(z.unknown()).optional(),
    pattern: z.string().optional(),
    format: z.string().optional(),
    minLength: amount,
    maxLength: amount,
    minimum: amount,
    maximum: amount,
    minItems: amount,
    maxItems: amount,
    minProperties: amount,
    maxProperties: amount,
    oneOf: some,
    anyOf: some,
    allOf: some,
    not: jsonSchema.optional(),
    'x-kubernetes-validations': z
      .array(
        z.looseObject({ rule: z.string(), message: z.string().optional() }),
      )
      .optional(),
    'x-kubernetes-int-or-string': z.boolean().optional(),
    'x-kubernetes-preserve-unknown-fields': z.boolean().optional(),
    'x-kubernetes-list-type': z.string().optional(),
    'x-kubernetes-list-map-keys': z.array(z.string()).optional(),
  });
});

const definitionSchema = z.object({
  spec: z.object({
    group: z.string(),
    names: z.object({ kind: z.string() }),
    versions: z.array(
      z.object({
        name: z.string(),
        served: z.boolean().default(true),
        schema: z
          .object({
            openAPIV3Schema: z.object({
              required: z.array(z.string()).default([]),
              properties: z.object({ spec: jsonSchema.optional() }).optional(),
            }),
          })
          .optional(),
      }),
    ),
  }),
});

/**
 * The schemas in a CustomResourceDefinition, of each version that is served. Throws where it is not written as the API
 * server would take it.
 */
export function definedSchemas(definition: unknown): VendoredSchemas {
  const { data, error } = definitionSchema.safeParse(definition);
  if (!data) {
    const [{ path, message }] = error.issues;
    throw new TypeError(`${path.join('.')}: ${message}`);
  }
  const { group, names, versions } = data.spec;
  const schemas = versions.flatMap(({ name, served, schema }): KindSchema[] => {
    const { required = [], properties } = schema?.openAPIV3Schema ?? {};
    return served && properties?.spec
      ? [
          {
            versions: [name],
            schema: {
              spec: properties.spec,
              required: required.includes('spec'),
            },
          },
        ]
      : [];
  });
  return { kinds: { [`${group}/${names.kind}`]: { schemas } } };
}
