import { z } from 'zod';
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

/** One condition on a request. All conditions of a match must hold; one match of a rule is enough. */
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
  /** Of the header or query parameter. */
  name: z.string().optional(),
  operator: z.enum(['exact', 'prefix', 'regex', 'present']),
  value: z.string().optional(),
  ignoreCase: z.boolean().optional(),
});

export const backendSchema = z.object({
  /** Host as the mesh knows it: the fully qualified name of a Service, or an external host. */
  host: z.string(),
  service: serviceRefSchema.optional(),
  subset: z.string().optional(),
  port: z.number().optional(),
  /** As written. */
  weight: z.number().optional(),
  /** Share of the rule's requests, 0 to 100. */
  percent: z.number(),
  /** Its share of requests fails: there is no such Service, port or subset. */
  missing: z.object({ status: z.number(), reason: reasonSchema }).optional(),
});

export const retriesSchema = z.object({
  /** 0: none. */
  attempts: z.number(),
  perTryTimeoutMs: millisecondsSchema.optional(),
  /** In the mesh's own words: `5xx`, `reset`, `connect-failure`, … */
  on: z.array(z.string()),
  /** Share of extra load that retries may cause, where the mesh limits them so. */
  budget: z
    .object({
      percent: z.number(),
      minPerSecond: z.number().optional(),
    })
    .optional(),
  reasons: z.array(reasonSchema),
});

export const timeoutSchema = z.object({
  ms: millisecondsSchema,
  reasons: z.array(reasonSchema),
});

/** What timeout and retries come to together where the server is slow. */
export const slowTriesSchema = z.object({
  /** How long a caller waits at most, without the pauses between tries; absent: nothing limits it. */
  worstCaseMs: millisecondsSchema.optional(),
  /** For people. */
  text: z.string(),
});

export const ruleSchema = z.object({
  /** Where it is written, such as `VirtualService shop/reviews http[0]`; the object is in the reasons. */
  name: z.string(),
  /** Alternatives; an empty list matches every request. */
  matches: z.array(z.array(routeConditionSchema)),
  /** Set where no request can reach this rule, with what takes them before it. */
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
  /** Absent: none. */
  timeout: timeoutSchema.optional(),
  retries: retriesSchema.optional(),
  slowTries: slowTriesSchema.optional(),
  /** Header changes, as text for people: `request set x-team: shop`. */
  headers: z.array(z.string()),
  reasons: z.array(reasonSchema),
});

/** How a client treats the endpoints of a destination. */
export const destinationPolicySchema = z.object({
  host: z.string(),
  subset: z.string().optional(),
  /** Labels that select the endpoints of the subset. */
  labels: z.record(z.string(), z.string()).optional(),
  endpoints: z.object({ ready: z.number(), total: z.number() }).optional(),
  loadBalancer: z.string().optional(),
  limits: z.array(
    z.object({
      /** In the mesh's own words: `maxConnections`, `http1MaxPendingRequests`, … */
      name: z.string(),
      value: z.number(),
      unit: z.enum(['count', 'ms', 'percent']),
    }),
  ),
  outlierDetection: z
    .object({
      /** In the mesh's own words and numbers, for people. */
      ejectsAfter: z.string(),
      baseEjectionMs: millisecondsSchema.optional(),
      intervalMs: millisecondsSchema.optional(),
      maxEjectionPercent: z.number().optional(),
    })
    .optional(),
  /** Whether the place of an endpoint counts; absent: it does not, and nobody asked for it. */
  locality: z
    .object({
      /** inactive: failover is asked for, and does not happen. */
      mode: z.enum(['distribute', 'failover', 'inactive']),
      /** For people. */
      text: z.string(),
    })
    .optional(),
  /** The client TLS mode that is written for it, such as `ISTIO_MUTUAL`. */
  tlsMode: z.string().optional(),
  reasons: z.array(reasonSchema),
});

export const portRoutesSchema = z.object({
  port: z.number(),
  name: z.string().optional(),
  protocol: answerSchema(z.string()),
  /**
   * rules: the rules below decide. service: there are none, requests go to the Service itself.
   * not-in-mesh: no proxy of the client's applies any. unknown: a deciding input could not be read.
   */
  routing: answerSchema(z.enum(['rules', 'service', 'not-in-mesh', 'unknown'])),
  rules: z.array(ruleSchema),
  /** What a request gets that no rule matches, such as 404. Absent where one matches everything. */
  unmatched: z.object({ status: z.number(), reason: reasonSchema }).optional(),
  destinations: z.array(destinationPolicySchema),
  /** Objects that name this Service and have no effect, with why. */
  ignored: z.array(reasonSchema),
});

/** A port of a Gateway by which requests from outside come to a Service. */
export const exposureSchema = z.object({
  gateway: z.object({
    /** Group and kind: Istio and the Gateway API both call theirs Gateway. */
    kind: z.string(),
    namespace: z.string(),
    name: z.string(),
    /** Of the Gateway API. */
    listener: z.string().optional(),
  }),
  port: z.number(),
  protocol: z.string(),
  /** The names by which it is called there; wildcards begin with `*`. */
  hosts: z.array(z.string()),
  /** The rules that lead to the Service, among others for the same hosts. */
  rules: z.array(ruleSchema),
});

export const serviceRoutesSchema = z.object({
  service: serviceRefSchema,
  host: z.string(),
  mesh: meshIdSchema.optional(),
  /** The waypoint (ambient) whose proxy applies the rules, as `namespace/name`. */
  waypoint: z.string().optional(),
  /** The client from whose place this is seen. */
  seenFrom: z.object({
    namespace: z.string(),
    workload: workloadRefSchema.optional(),
  }),
  ports: z.array(portRoutesSchema),
  /** How it is reached from outside; absent: through no Gateway, or nobody can tell. */
  gateways: z.array(exposureSchema).optional(),
});

/** GET /entities/:kind/:namespace/:name/routing */
export const routingAnswerSchema = z.object({
  entityRef: z.string(),
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  scopeLimit: scopeLimitSchema,
  services: z.array(serviceRoutesSchema),
  /** Workloads of the entity that no Service selects. */
  withoutService: z.array(workloadRefSchema),
});

/** Where the requests of one caller (or of all) to a Service went. */
export const observedSplitSchema = z.object({
  /** Absent: all callers together. */
  caller: workloadRefSchema.optional(),
  requests: z.number(),
  backends: z.array(
    z.object({
      /** Workload, where the metric tells it. */
      workload: workloadRefSchema.optional(),
      service: serviceRefSchema.optional(),
      /** Version label of the workload, where the metric tells it. */
      version: z.string().optional(),
      requests: z.number(),
      /** 0 to 100. */
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
  /** Callers that the reader may not see in the catalog; their requests are in the split of all. */
  hiddenCallers: z.number(),
  /**
   * The rules whose weights the split can be compared with: the metric names the route, or one rule alone
   * can have produced it. Backends are compared in the order of the rule.
   */
  attributed: z.array(
    z.object({
      port: z.number(),
      /** Index in the rules of that port. */
      rule: z.number(),
      requests: z.number(),
      backends: z.array(
        z.object({ requests: z.number(), percent: z.number() }),
      ),
      /** Said in words where observed and written differ by more than chance explains. */
      difference: z.string().optional(),
    }),
  ),
  /** Why nothing is compared, where `attributed` is empty. */
  notAttributed: z.string().optional(),
});

/** GET /entities/:kind/:namespace/:name/routing/observed */
export const observedRoutingAnswerSchema = z.object({
  entityRef: z.string(),
  measuredAt: z.string(),
  windowSeconds: z.number(),
  services: z.array(observedRoutesSchema),
});

export type RouteCondition = z.infer<typeof routeConditionSchema>;
export type RouteBackend = z.infer<typeof backendSchema>;
export type RouteRetries = z.infer<typeof retriesSchema>;
export type RouteTimeout = z.infer<typeof timeoutSchema>;
export type SlowTries = z.infer<typeof slowTriesSchema>;
export type RouteRule = z.infer<typeof ruleSchema>;
export type DestinationPolicy = z.infer<typeof destinationPolicySchema>;
export type PortRoutes = z.infer<typeof portRoutesSchema>;
export type Exposure = z.infer<typeof exposureSchema>;
export type ServiceRoutes = z.infer<typeof serviceRoutesSchema>;
export type RoutingAnswer = z.infer<typeof routingAnswerSchema>;
export type ObservedSplit = z.infer<typeof observedSplitSchema>;
export type ObservedRoutes = z.infer<typeof observedRoutesSchema>;
export type ObservedRoutingAnswer = z.infer<typeof observedRoutingAnswerSchema>;
