import { z } from 'zod';
import { TRACE_LIMITS, TRACE_LOOKBACKS } from '../traces';
import { clusterListProblemSchema, clusterStateSchema } from './common';

/**
 * The id of a trace.
 *
 * @public
 */
export const traceIdSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{1,32}$/, 'expected 1 to 32 hexadecimal digits');

const durationSchema = z
  .string()
  .regex(
    /^\d{1,9}(\.\d{1,6})?(us|µs|ms|s|m|h)$/,
    'expected a duration with its unit, such as 250ms or 1.5s',
  );

/**
 * What traces are searched by.
 *
 * @public
 */
export const traceSearchQuerySchema = z.strictObject({
  service: z.string().min(1).max(253).optional().meta({
    description:
      'One of the names that the entity has in the trace stores. Default: all',
  }),
  operation: z.string().min(1).max(500).optional(),
  tags: z.string().max(2000).optional().meta({
    description: 'Tags that a span has, as name=value with blanks in between',
  }),
  minDuration: durationSchema.optional(),
  maxDuration: durationSchema.optional(),
  errors: z
    .enum(['true', 'false'])
    .transform(text => text === 'true')
    .optional()
    .meta({
      type: 'string',
      description: 'Only traces in which a span of the entity failed',
    }),
  lookback: z
    .enum(TRACE_LOOKBACKS.map(String) as [string, ...string[]])
    .transform(Number)
    .optional()
    .meta({ type: 'string', description: 'How far back to look, in seconds' }),
  limit: z
    .enum(TRACE_LIMITS.map(String) as [string, ...string[]])
    .transform(Number)
    .optional()
    .meta({ type: 'string', description: 'How many traces, at most' }),
});

export const attributesSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]),
);

export const spanRoleSchema = z.enum(['proxy', 'application']);

export const traceStoreSchema = z.object({
  name: z.string(),
  clusters: z.array(z.string()),
  status: z.enum(['answered', 'failed']),
  message: z.string().optional(),
});

/** What every answer about traces says of the stores. */
const storeFields = {
  entityRef: z.string(),
  /** RFC 3339: when the stores were asked. */
  measuredAt: z.string(),
  stores: z.array(traceStoreSchema),
  /** Clusters of the entity for which no trace store is configured. */
  withoutStore: z.array(z.string()),
};

export const traceServiceSchema = z.object({
  name: z.string(),
  role: spanRoleSchema,
  spans: z.number(),
  failed: z.number(),
  entityRef: z.string().optional(),
});

export const traceSummarySchema = z.object({
  traceId: z.string(),
  store: z.string(),
  startedAt: z.string(),
  durationUs: z.number(),
  root: z.object({ service: z.string(), name: z.string() }).optional(),
  spans: z.number(),
  failed: z.number(),
  services: z.array(traceServiceSchema),
  hiddenSpans: z.number(),
});

export const tracesAnswerSchema = z.object({
  ...storeFields,
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  lookbackSeconds: z.number(),
  limit: z.number(),
  services: z.array(z.string()),
  expectedServices: z.array(z.string()),
  traces: z.array(traceSummarySchema),
  hasMore: z.boolean(),
});

export const traceOperationsAnswerSchema = z.object({
  ...storeFields,
  service: z.string(),
  operations: z.array(z.string()),
});

export const traceProcessSchema = z.object({
  service: z.string().optional(),
  entityRef: z.string().optional(),
  namespace: z.string().optional(),
  pod: z.string().optional(),
  attributes: attributesSchema,
});

export const traceSpanSchema = z.object({
  id: z.string(),
  level: z.number(),
  descendants: z.number(),
  isOrphan: z.boolean(),
  process: z.number(),
  role: spanRoleSchema,
  name: z.string().optional(),
  kind: z.enum([
    'server',
    'client',
    'producer',
    'consumer',
    'internal',
    'unspecified',
  ]),
  offsetUs: z.number(),
  durationUs: z.number(),
  critical: z.array(z.object({ offsetUs: z.number(), durationUs: z.number() })),
  skewUs: z.number(),
  failed: z.boolean(),
  attributes: attributesSchema,
  events: z.array(
    z.object({ offsetUs: z.number(), attributes: attributesSchema }),
  ),
  warnings: z.array(z.string()),
});

export const traceSchema = traceSummarySchema.extend({
  link: z.string().optional(),
  rows: z.array(traceSpanSchema),
  omittedSpans: z.number(),
  processes: z.array(traceProcessSchema),
  proxyTime: z.object({
    durationUs: z.number(),
    measured: z.number(),
    unmeasured: z.number(),
  }),
  warnings: z.array(z.string()),
});

export const traceAnswerSchema = z.object({
  ...storeFields,
  trace: traceSchema.optional(),
});
