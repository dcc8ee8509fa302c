import { z } from 'zod';
import { objectSchema } from '../../kubernetes/schemas/objects';
import {
  duration,
  istioStatusSchema,
  percentSchema,
  portSelectorSchema,
  stringMap,
  stringMatchSchema,
  strings,
} from './shared';

export const destinationSchema = z.object({
  host: z.string(),
  subset: z.string().optional(),
  port: portSelectorSchema.optional(),
});

const headerOperationsSchema = z.object({
  set: stringMap.optional(),
  add: stringMap.optional(),
  remove: strings.optional(),
});

const headersSchema = z.object({
  request: headerOperationsSchema.optional(),
  response: headerOperationsSchema.optional(),
});

const l4MatchSchema = z.object({
  destinationSubnets: strings.optional(),
  port: z.number().optional(),
  sourceLabels: stringMap.optional(),
  sourceNamespace: z.string().optional(),
  gateways: strings.optional(),
});

const routeDestinationSchema = z.object({
  destination: destinationSchema,
  weight: z.number().optional(),
});

const httpMatchSchema = z.object({
  name: z.string().optional(),
  uri: stringMatchSchema.optional(),
  scheme: stringMatchSchema.optional(),
  method: stringMatchSchema.optional(),
  authority: stringMatchSchema.optional(),
  headers: z.record(z.string(), stringMatchSchema).optional(),
  withoutHeaders: z.record(z.string(), stringMatchSchema).optional(),
  queryParams: z.record(z.string(), stringMatchSchema).optional(),
  ignoreUriCase: z.boolean().optional(),
  port: z.number().optional(),
  sourceLabels: stringMap.optional(),
  sourceNamespace: z.string().optional(),
  gateways: strings.optional(),
});

const retriesSchema = z.object({
  attempts: z.number().optional(),
  perTryTimeout: duration.optional(),
  retryOn: z.string().optional(),
  retryRemoteLocalities: z.boolean().optional(),
  retryIgnorePreviousHosts: z.boolean().optional(),
  backoff: duration.optional(),
});

const httpRouteSchema = z.object({
  name: z.string().optional(),
  match: z.array(httpMatchSchema).optional(),
  route: z
    .array(routeDestinationSchema.extend({ headers: headersSchema.optional() }))
    .optional(),
  redirect: z
    .object({
      uri: z.string().optional(),
      authority: z.string().optional(),
      scheme: z.string().optional(),
      port: z.number().optional(),
      derivePort: z.string().optional(),
      prefixRewrite: z.string().optional(),
      redirectCode: z.number().optional(),
    })
    .optional(),
  directResponse: z
    .object({
      status: z.number(),
      body: z
        .object({ string: z.string().optional(), bytes: z.string().optional() })
        .optional(),
    })
    .optional(),
  delegate: z
    .object({ name: z.string(), namespace: z.string().optional() })
    .optional(),
  rewrite: z
    .object({
      uri: z.string().optional(),
      authority: z.string().optional(),
      uriRegexRewrite: z
        .object({ match: z.string(), rewrite: z.string() })
        .optional(),
    })
    .optional(),
  timeout: duration.optional(),
  retries: retriesSchema.optional(),
  fault: z
    .object({
      delay: z
        .object({
          fixedDelay: duration.optional(),
          percent: z.number().optional(),
          percentage: percentSchema.optional(),
        })
        .optional(),
      abort: z
        .object({
          httpStatus: z.number().optional(),
          grpcStatus: z.string().optional(),
          http2Error: z.string().optional(),
          percentage: percentSchema.optional(),
        })
        .optional(),
    })
    .optional(),
  mirror: destinationSchema.optional(),
  mirrorPercentage: percentSchema.optional(),
  mirrorPercent: z.number().optional(),
  mirrors: z
    .array(
      z.object({
        destination: destinationSchema,
        percentage: percentSchema.optional(),
      }),
    )
    .optional(),
  corsPolicy: z
    .object({
      allowOrigin: strings.optional(),
      allowOrigins: z.array(stringMatchSchema).optional(),
      allowMethods: strings.optional(),
      allowHeaders: strings.optional(),
      exposeHeaders: strings.optional(),
      maxAge: duration.optional(),
      allowCredentials: z.boolean().optional(),
      unmatchedPreflights: z.string().optional(),
    })
    .optional(),
  headers: headersSchema.optional(),
});

export const virtualServiceSchema = objectSchema({
  spec: z
    .object({
      hosts: strings.optional(),
      gateways: strings.optional(),
      exportTo: strings.optional(),
      http: z.array(httpRouteSchema).optional(),
      tls: z
        .array(
          z.object({
            match: z
              .array(l4MatchSchema.extend({ sniHosts: strings.optional() }))
              .optional(),
            route: z.array(routeDestinationSchema).optional(),
          }),
        )
        .optional(),
      tcp: z
        .array(
          z.object({
            match: z.array(l4MatchSchema).optional(),
            route: z.array(routeDestinationSchema).optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});
