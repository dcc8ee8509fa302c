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

/**
 * Takes a request whose way through the mesh is asked for.
 *
 * @public
 */
export const walkRequestSchema = z.object({
  from: z.union([
    z.object({ workload: workloadRefSchema }),
    z.object({
      gateway: namespacedName,
      sourceIp: z.string().optional(),
    }),
  ]),
  protocol: z.enum(['http', 'tls', 'tcp']).default('http'),
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535),
  method: z.string().default('GET'),
  path: z.string().startsWith('/').default('/'),
  headers: z.record(z.string(), z.string()).default({}),
  sni: z.string().optional(),
  jwt: z.record(z.string(), z.unknown()).optional(),
});

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
  result: z.enum(['ok', 'ends', 'depends', 'unknown']),
  text: z.string(),
  at: workloadRefSchema.optional(),
  reasons: z.array(reasonSchema),
});

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

export const walkBranchSchema = z.object({
  percent: z.number(),
  host: z.string().optional(),
  port: z.number().optional(),
  subset: z.string().optional(),
  endpoints: z.object({ ready: z.number(), total: z.number() }).optional(),
  workloads: z.array(workloadRefSchema),
  via: z.array(workloadRefSchema).optional(),
  peerIdentity: z.string().optional(),
  sends: z.enum(['mtls', 'plaintext', 'tls', 'fails', 'unknown']),
  authorization: callEvaluationSchema.optional(),
  outcome: walkOutcomeSchema,
  cause: causeSchema.optional(),
  status: z.number().nullable().optional(),
  grpcStatus: z.number().optional(),
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

export const walkAnswerSchema = z.object({
  request: walkRequestSchema,
  mesh: meshIdSchema.optional(),
  outcome: answerSchema(walkOutcomeSchema),
  status: z.number().nullable().optional(),
  grpcStatus: z.number().optional(),
  flag: z.string().optional(),
  steps: z.array(walkStepSchema),
  branches: z.array(walkBranchSchema),
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
  responseTimeoutMs: millisecondsSchema.optional(),
  delay: z.object({ ms: millisecondsSchema, percent: z.number() }).optional(),
  abort: z.object({ status: z.number(), percent: z.number() }).optional(),
  retries: walkRetriesSchema.optional(),
  requestHeaders: walkHeadersSchema.optional(),
  summary: z.string(),
});

const MAX_HEADERS = 50;

/**
 * Takes what a page asks about a request; no credentials are among it.
 *
 * @public
 */
export const walkQuestionSchema = z.strictObject({
  cluster: z.string().min(1),
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
    .refine(
      headers =>
        !Object.keys(headers).some(name => name.toLowerCase() === 'host'),
      'the name that the request is sent to is given as host alone',
    )
    .default({}),
  jwt: walkRequestSchema.shape.jwt,
});

export const walkRouteAnswerSchema = z.object({
  entityRef: z.string(),
  cluster: clusterStateSchema,
  walk: walkAnswerSchema,
  hiddenWorkloads: z.number(),
});
