import { z } from 'zod';

const headerValueSchema = z.object({ name: z.string(), value: z.string() });

const headerFilterSchema = z.object({
  set: z.array(headerValueSchema).optional(),
  add: z.array(headerValueSchema).optional(),
  remove: z.array(z.string()).optional(),
});

const pathModifierSchema = z.object({
  type: z.string(),
  replaceFullPath: z.string().optional(),
  replacePrefixMatch: z.string().optional(),
});

const backendObjectReferenceSchema = z.object({
  group: z.string().optional(),
  kind: z.string().optional(),
  name: z.string(),
  namespace: z.string().optional(),
  port: z.number().optional(),
});

export const routeFilterSchema = z.object({
  type: z.string(),
  requestHeaderModifier: headerFilterSchema.optional(),
  responseHeaderModifier: headerFilterSchema.optional(),
  requestMirror: z
    .object({
      backendRef: backendObjectReferenceSchema,
      percent: z.number().optional(),
      fraction: z
        .object({ numerator: z.number(), denominator: z.number().optional() })
        .optional(),
    })
    .optional(),
  requestRedirect: z
    .object({
      scheme: z.string().optional(),
      hostname: z.string().optional(),
      path: pathModifierSchema.optional(),
      port: z.number().optional(),
      statusCode: z.number().optional(),
    })
    .optional(),
  urlRewrite: z
    .object({
      hostname: z.string().optional(),
      path: pathModifierSchema.optional(),
    })
    .optional(),
  cors: z.object({ allowOrigins: z.array(z.string()).optional() }).optional(),
});

export const backendRefSchema = backendObjectReferenceSchema.extend({
  weight: z.number().optional(),
  filters: z.array(routeFilterSchema).optional(),
});
