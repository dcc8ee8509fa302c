import { z } from 'zod';
import { callEvaluationSchema } from './callEvaluation';
import {
  answerSchema,
  causeSchema,
  clusterStateSchema,
  meshIdSchema,
  millisecondsSchema,
  reasonSchema,
  workloadRefSchema,
} from './common';

const namespacedName = z.object({ namespace: z.string(), name: z.string() });

/** A request whose way through the mesh is asked for. */
export const walkRequestSchema = z.object({
  /** A workload, or a gateway through which a client from outside comes in. */
  from: z.union([
    z.object({ workload: workloadRefSchema }),
    z.object({
      gateway: namespacedName,
      /** Of the client outside. */
      sourceIp: z.string().optional(),
    }),
  ]),
  /** http: plaintext HTTP from the application. tls: the application speaks TLS itself. tcp: other bytes. */
  protocol: z.enum(['http', 'tls', 'tcp']).default('http'),
  /** A name or an address, without a port. */
  host: z.string().min(1),
  /** Of the Service; of the pod where the host is its address; at a gateway the one that clients connect to. */
  port: z.number().int().min(1).max(65535),
  method: z.string().default('GET'),
  /** With the query. */
  path: z.string().startsWith('/').default('/'),
  headers: z.record(z.string(), z.string()).default({}),
  sni: z.string().optional(),
  /** Claims of the token in the header Authorization. Absent: it is not sent. */
  jwt: z.record(z.string(), z.unknown()).optional(),
});

/** What is looked at about a request, in this order. */
export const walkStepNameSchema = z.enum([
  'host',
  'route',
  'destination',
  'security',
  'authorization',
  'resilience',
]);

export const walkStepSchema = z.object({
  step: walkStepNameSchema,
  /** ok: the request goes on. ends: this step answers or refuses it. depends: on what the request does not say. */
  result: z.enum(['ok', 'ends', 'depends', 'unknown']),
  /** One line for people. */
  text: z.string(),
  /** The deciders. */
  reasons: z.array(reasonSchema),
});

/**
 * What the caller sees. delivered: the application answers. denied: a policy refuses it. failed: what is
 * configured keeps it from any endpoint. unmeshed: it goes on past the mesh, which says nothing of what comes of it.
 */
export const walkOutcomeSchema = z.enum([
  'delivered',
  'redirect',
  'direct-response',
  'no-route',
  'denied',
  'failed',
  'unmeshed',
  'depends',
  'unknown',
]);

/** What becomes of the share of requests that falls on one destination. */
export const walkBranchSchema = z.object({
  /** 0 to 100. */
  percent: z.number(),
  host: z.string().optional(),
  port: z.number().optional(),
  subset: z.string().optional(),
  endpoints: z.object({ ready: z.number(), total: z.number() }).optional(),
  /** The workloads that answer. */
  workloads: z.array(workloadRefSchema),
  /** What goes over the wire between the proxies. */
  sends: z.enum(['mtls', 'plaintext', 'tls', 'fails', 'unknown']),
  /** What the servers' side decides about the call. */
  authorization: callEvaluationSchema.optional(),
  outcome: walkOutcomeSchema,
  /** Given with the outcome `unknown`. */
  cause: causeSchema.optional(),
  /** HTTP status that the caller sees where the mesh answers; null: the connection is closed without one. */
  status: z.number().nullable().optional(),
  /** Envoy's response flag, such as `NR`, `UH`, `UF`, `UC`. */
  flag: z.string().optional(),
  steps: z.array(walkStepSchema),
});

const walkRetriesSchema = z.object({
  attempts: z.number(),
  perTryTimeoutMs: millisecondsSchema.optional(),
  on: z.array(z.string()),
  codes: z.array(z.number()),
  /** Nothing is written about them: they are the mesh's own. */
  isDefault: z.boolean(),
});

const walkHeadersSchema = z.object({
  set: z.record(z.string(), z.string()).optional(),
  add: z.record(z.string(), z.string()).optional(),
  remove: z.array(z.string()).optional(),
});

/** The way of one request through the mesh. */
export const walkAnswerSchema = z.object({
  request: walkRequestSchema,
  mesh: meshIdSchema.optional(),
  /** Worst of the branches; `depends` where they differ. */
  outcome: answerSchema(walkOutcomeSchema),
  status: z.number().nullable().optional(),
  flag: z.string().optional(),
  /** The steps before the destinations part. */
  steps: z.array(walkStepSchema),
  branches: z.array(walkBranchSchema),
  /** What the destination sees where it is not what was sent. */
  rewrite: z
    .object({ path: z.string().optional(), authority: z.string().optional() })
    .optional(),
  redirect: z.object({ status: z.number(), location: z.string() }).optional(),
  mirrors: z.array(
    z.object({
      host: z.string().optional(),
      port: z.number().optional(),
      subset: z.string().optional(),
      percent: z.number(),
    }),
  ),
  timeoutMs: millisecondsSchema.optional(),
  /** Injected into this share of the requests, before the timeout begins. */
  delay: z.object({ ms: millisecondsSchema, percent: z.number() }).optional(),
  /** Answered in this share of the requests by the proxy on the client's side, before any try is made. */
  abort: z.object({ status: z.number(), percent: z.number() }).optional(),
  /** The tries after the first one, and after what they are made. Absent: none. */
  retries: walkRetriesSchema.optional(),
  /** What the rule changes of the headers, before what its destinations change. */
  requestHeaders: walkHeadersSchema.optional(),
  /** In a sentence: what is expected, such as `200 expected from reviews-v2; ends at 1 of 2 endpoints`. */
  summary: z.string(),
});

const MAX_HEADERS = 50;

/**
 * What a page asks about a request to a Service of an entity. It stands in URLs, so that it takes no credentials:
 * of a token only the claims.
 */
export const walkQuestionSchema = z.strictObject({
  cluster: z.string().min(1),
  /** The workload that sends it; of kind Gateway: the gateway through which it comes from outside. */
  from: z.strictObject({
    namespace: z.string().min(1).max(63),
    kind: z.string().min(1).max(63),
    name: z.string().min(1).max(253),
  }),
  protocol: walkRequestSchema.shape.protocol,
  host: z.string().min(1).max(253),
  port: walkRequestSchema.shape.port,
  method: z
    .string()
    .regex(/^[A-Z]{1,20}$/, 'expected a method such as GET')
    .default('GET'),
  path: z
    .string()
    .regex(/^\/[!-~]*$/, 'expected a path that begins with / and has no spaces')
    .max(2048)
    .default('/'),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'no header name'),
      z.string().max(1024),
    )
    .refine(
      headers => Object.keys(headers).length <= MAX_HEADERS,
      `expected at most ${MAX_HEADERS} headers`,
    )
    .refine(
      headers =>
        !Object.keys(headers).some(
          name => name.toLowerCase() === 'authorization',
        ),
      'no credentials are taken: give the claims of the token instead',
    )
    .default({}),
  jwt: walkRequestSchema.shape.jwt,
});

/** GET /entities/:kind/:namespace/:name/walk */
export const walkRouteAnswerSchema = z.object({
  entityRef: z.string(),
  cluster: clusterStateSchema,
  walk: walkAnswerSchema,
  /** Workloads that would answer and that the reader may not see. */
  hiddenWorkloads: z.number(),
});

export type WalkQuestion = z.infer<typeof walkQuestionSchema>;
export type WalkRouteAnswer = z.infer<typeof walkRouteAnswerSchema>;
export type WalkRequest = z.infer<typeof walkRequestSchema>;
export type WalkStepName = z.infer<typeof walkStepNameSchema>;
export type WalkStep = z.infer<typeof walkStepSchema>;
export type WalkOutcome = z.infer<typeof walkOutcomeSchema>;
export type WalkBranch = z.infer<typeof walkBranchSchema>;
export type WalkAnswer = z.infer<typeof walkAnswerSchema>;
