import { z } from 'zod';
import { deliverySchema } from './canary';
import {
  answerSchema,
  causeSchema,
  clusterListProblemSchema,
  clusterStateSchema,
  meshIdSchema,
  millisecondsSchema,
  reasonSchema,
  scopeLimitSchema,
  serviceRefSchema,
  workloadRefSchema,
} from './common';

export const routeConditionSchema = z.object({
  subject: z.enum([
    'path',
    'method',
    'authority',
    'scheme',
    'header',
    'without-header',
    'query',
    'port',
    'source-labels',
    'source-namespace',
    'gateway',
    'sni',
    'destination-subnet',
    'grpc-service',
    'grpc-method',
  ]),
  name: z.string().optional(),
  operator: z.enum(['exact', 'prefix', 'regex', 'present']),
  value: z.string().optional(),
  ignoreCase: z.boolean().optional(),
});

export const backendSchema = z.object({
  host: z.string(),
  service: serviceRefSchema.optional(),
  subset: z.string().optional(),
  port: z.number().optional(),
  weight: z.number().optional(),
  percent: z.number(),
  missing: z
    .object({ status: z.number().optional(), reason: reasonSchema })
    .optional(),
});

export const retriesSchema = z.object({
  attempts: z.number(),
  perTryTimeoutMs: millisecondsSchema.optional(),
  on: z.array(z.string()),
  budget: z
    .object({
      percent: z.number(),
      minPerSecond: z.number().optional(),
      ttlMs: z.number().optional(),
    })
    .optional(),
  reasons: z.array(reasonSchema),
});

export const timeoutSchema = z.object({
  ms: millisecondsSchema,
  reasons: z.array(reasonSchema),
});

export const slowTriesSchema = z.object({
  worstCaseMs: millisecondsSchema.optional(),
  text: z.string(),
});

export const ruleSchema = z.object({
  name: z.string(),
  matches: z.array(z.array(routeConditionSchema)),
  neverMatches: reasonSchema.optional(),
  action: z.enum(['forward', 'redirect', 'direct-response']),
  backends: z.array(backendSchema),
  redirect: z
    .object({
      code: z.number(),
      scheme: z.string().optional(),
      authority: z.string().optional(),
      port: z.number().optional(),
      path: z.string().optional(),
    })
    .optional(),
  directResponse: z
    .object({ status: z.number(), body: z.string().optional() })
    .optional(),
  rewrite: z
    .object({
      path: z.string().optional(),
      pathPrefix: z.string().optional(),
      pathRegex: z
        .object({ match: z.string(), replace: z.string() })
        .optional(),
      authority: z.string().optional(),
    })
    .optional(),
  mirrors: z.array(
    z.object({
      host: z.string(),
      subset: z.string().optional(),
      port: z.number().optional(),
      percent: z.number(),
    }),
  ),
  fault: z
    .object({
      delay: z
        .object({ ms: millisecondsSchema, percent: z.number() })
        .optional(),
      abort: z
        .object({
          httpStatus: z.number().optional(),
          grpcStatus: z.string().optional(),
          percent: z.number(),
        })
        .optional(),
    })
    .optional(),
  timeout: timeoutSchema.optional(),
  retries: retriesSchema.optional(),
  slowTries: slowTriesSchema.optional(),
  headers: z.array(z.string()),
  reasons: z.array(reasonSchema),
});

export const destinationPolicySchema = z.object({
  host: z.string(),
  subset: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
  endpoints: z.object({ ready: z.number(), total: z.number() }).optional(),
  loadBalancer: z.string().optional(),
  limits: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      unit: z.enum(['count', 'ms', 'percent']),
    }),
  ),
  outlierDetection: z
    .object({
      ejectsAfter: z.string(),
      baseEjectionMs: millisecondsSchema.optional(),
      intervalMs: millisecondsSchema.optional(),
      maxEjectionPercent: z.number().optional(),
    })
    .optional(),
  locality: z
    .object({
      mode: z.enum(['distribute', 'failover', 'inactive']),
      text: z.string(),
    })
    .optional(),
  tlsMode: z.string().optional(),
  reasons: z.array(reasonSchema),
});

export const portRoutesSchema = z.object({
  port: z.number(),
  name: z.string().optional(),
  protocol: answerSchema(z.string()),
  routing: answerSchema(z.enum(['rules', 'service', 'not-in-mesh', 'unknown'])),
  rules: z.array(ruleSchema),
  unmatched: z.object({ status: z.number(), reason: reasonSchema }).optional(),
  destinations: z.array(destinationPolicySchema),
  ignored: z.array(reasonSchema),
});

export const exposureSchema = z.object({
  gateway: z.object({
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    listener: z.string().optional(),
  }),
  port: z.number(),
  protocol: z.string(),
  hosts: z.array(z.string()),
  rules: z.array(ruleSchema),
});

export const serviceMirrorSchema = z.object({
  service: serviceRefSchema,
  ports: z.array(z.number()),
});

export const serviceRoutesSchema = z.object({
  service: serviceRefSchema,
  host: z.string(),
  mesh: meshIdSchema.optional(),
  waypoint: z.string().optional(),
  seenFrom: z.object({
    namespace: z.string(),
    workload: workloadRefSchema.optional(),
  }),
  ports: z.array(portRoutesSchema),
  gateways: z.array(exposureSchema).optional(),
  delivery: deliverySchema.optional(),
  mirrors: z.array(serviceMirrorSchema).optional(),
});

export const routingAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  services: z.array(serviceRoutesSchema),
  withoutService: z.array(workloadRefSchema),
});

export const observedSplitSchema = z.object({
  caller: workloadRefSchema.optional(),
  requests: z.number(),
  backends: z.array(
    z.object({
      workload: workloadRefSchema.optional(),
      service: serviceRefSchema.optional(),
      version: z.string().optional(),
      requests: z.number(),
      percent: z.number(),
    }),
  ),
});

export const observedRoutesSchema = z.object({
  service: serviceRefSchema,
  state: z.enum(['measured', 'no-traffic', 'unknown']),
  cause: causeSchema.optional(),
  message: z.string().optional(),
  splits: z.array(observedSplitSchema),
  hiddenCallers: z.number(),
  attributed: z.array(
    z.object({
      port: z.number(),
      rule: z.number(),
      requests: z.number(),
      backends: z.array(
        z.object({ requests: z.number(), percent: z.number() }),
      ),
      difference: z.string().optional(),
    }),
  ),
  notAttributed: z.string().optional(),
});

export const observedRoutingAnswerSchema = z.object({
  entityRef: z.string(),
  measuredAt: z.string(),
  windowSeconds: z.number(),
  services: z.array(observedRoutesSchema),
});
