import { z } from 'zod';
import {
  conditionSchema,
  labelSelectorSchema,
  objectSchema,
} from '../kubernetes/schemas/objects';

export const parentReferenceSchema = z.object({
  group: z.string().optional(),
  kind: z.string().optional(),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
  port: z.number().optional(),
});

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
});

const backendRefSchema = backendObjectReferenceSchema.extend({
  weight: z.number().optional(),
  filters: z.array(routeFilterSchema).optional(),
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

const allowedNamespacesSchema = z.object({
  from: z.string().optional(),
  selector: labelSelectorSchema.optional(),
});

const gatewayListenerSchema = z.object({
  name: z.string(),
  hostname: z.string().optional(),
  port: z.number(),
  protocol: z.string(),
  tls: z
    .object({
      mode: z.string().optional(),
      options: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  allowedRoutes: z
    .object({
      kinds: z
        .array(z.object({ group: z.string().optional(), kind: z.string() }))
        .optional(),
      namespaces: allowedNamespacesSchema.optional(),
    })
    .optional(),
});

export const listenerSetSchema = objectSchema({
  spec: z
    .object({
      parentRef: parentReferenceSchema.optional(),
      listeners: z
        .array(gatewayListenerSchema.extend({ port: z.number().optional() }))
        .optional(),
    })
    .optional(),
  status: z
    .object({ conditions: z.array(conditionSchema).optional() })
    .optional(),
});

export const gatewayApiGatewaySchema = objectSchema({
  spec: z
    .object({
      gatewayClassName: z.string(),
      addresses: z
        .array(
          z.object({
            type: z.string().optional(),
            value: z.string().optional(),
          }),
        )
        .optional(),
      listeners: z.array(gatewayListenerSchema).optional(),
      allowedListeners: z
        .object({ namespaces: allowedNamespacesSchema.optional() })
        .optional(),
    })
    .optional(),
  status: z
    .object({
      addresses: z
        .array(z.object({ type: z.string().optional(), value: z.string() }))
        .optional(),
      conditions: z.array(conditionSchema).optional(),
      listeners: z
        .array(
          z.object({
            name: z.string().optional(),
            conditions: z.array(conditionSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
});

export const gatewayClassSchema = objectSchema({
  spec: z.object({ controllerName: z.string() }).optional(),
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
