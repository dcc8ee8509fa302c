import { z } from 'zod';
import {
  conditionSchema,
  objectSchema,
} from '../../kubernetes/schemas/objects';
import { backendRefSchema, routeFilterSchema } from './routeParts';

export const parentReferenceSchema = z.object({
  group: z.string().optional(),
  kind: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
  port: z.number().optional(),
});

/** Of headers, query parameters and gRPC methods; the schema knows no others. */
const matchTypeSchema = z.enum(['Exact', 'RegularExpression']);

const valueMatchSchema = z.object({
  type: matchTypeSchema.optional(),
  name: z.string(),
  value: z.string(),
});

export const routeStatusSchema = z
  .object({
    parents: z
      .array(
        z.object({
          parentRef: parentReferenceSchema,
          controllerName: z.string().optional(),
          conditions: z.array(conditionSchema).optional(),
        }),
      )
      .optional(),
  })
  .optional();

const timeoutsSchema = z.object({
  request: z.string().optional(),
  backendRequest: z.string().optional(),
});

export const httpRouteSchema = objectSchema({
  spec: z
    .object({
      parentRefs: z.array(parentReferenceSchema).optional(),
      hostnames: z.array(z.string()).optional(),
      rules: z
        .array(
          z.object({
            name: z.string().optional(),
            matches: z
              .array(
                z.object({
                  path: z
                    .object({
                      type: z
                        .enum(['Exact', 'PathPrefix', 'RegularExpression'])
                        .optional(),
                      value: z.string().optional(),
                    })
                    .optional(),
                  headers: z.array(valueMatchSchema).optional(),
                  queryParams: z.array(valueMatchSchema).optional(),
                  method: z.string().optional(),
                }),
              )
              .optional(),
            filters: z.array(routeFilterSchema).optional(),
            backendRefs: z.array(backendRefSchema).optional(),
            timeouts: timeoutsSchema.optional(),
            retry: z
              .object({
                codes: z.array(z.number()).optional(),
                attempts: z.number().optional(),
                backoff: z.string().optional(),
              })
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: routeStatusSchema,
});

export const grpcRouteSchema = objectSchema({
  spec: z
    .object({
      parentRefs: z.array(parentReferenceSchema).optional(),
      hostnames: z.array(z.string()).optional(),
      rules: z
        .array(
          z.object({
            name: z.string().optional(),
            matches: z
              .array(
                z.object({
                  method: z
                    .object({
                      type: matchTypeSchema.optional(),
                      service: z.string().optional(),
                      method: z.string().optional(),
                    })
                    .optional(),
                  headers: z.array(valueMatchSchema).optional(),
                }),
              )
              .optional(),
            filters: z.array(routeFilterSchema).optional(),
            backendRefs: z.array(backendRefSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: routeStatusSchema,
});

export const connectionRouteSchema = objectSchema({
  spec: z
    .object({
      parentRefs: z.array(parentReferenceSchema).optional(),
      hostnames: z.array(z.string()).optional(),
      rules: z
        .array(
          z.object({
            name: z.string().optional(),
            backendRefs: z.array(backendRefSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: routeStatusSchema,
});

export const referenceGrantSchema = objectSchema({
  spec: z
    .object({
      from: z
        .array(
          z.object({
            group: z.string().optional(),
            kind: z.string(),
            namespace: z.string(),
          }),
        )
        .optional(),
      to: z
        .array(
          z.object({
            group: z.string().optional(),
            kind: z.string(),
            name: z.string().optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});
