import { z } from 'zod';
import { clusterListProblemSchema, clusterStateSchema } from './common';

/** How far back traces can be looked for, in seconds. */
export const TRACE_LOOKBACKS = [900, 3600, 21600, 86400, 604800] as const;
export const DEFAULT_TRACE_LOOKBACK = 3600;

/** How many traces can be asked for. */
export const TRACE_LIMITS = [20, 50, 100, 200] as const;
export const DEFAULT_TRACE_LIMIT = 20;

/** The spans of a trace that are sent; of a longer one the first. */
export const MAX_SPANS = 10_000;

export const traceIdSchema = z
  .string()
  .regex(/^[0-9a-fA-F]{1,32}$/, 'expected 1 to 32 hexadecimal digits');

const durationSchema = z
  .string()
  .regex(
    /^\d{1,9}(\.\d{1,6})?(us|µs|ms|s|m|h)$/,
    'expected a duration with its unit, such as 250ms or 1.5s',
  );

/** What traces are searched by. */
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

/** A trace store that was asked, and whether it answered. */
export const traceStoreSchema = z.object({
  name: z.string(),
  /** The clusters of the entity whose traces it has. */
  clusters: z.array(z.string()),
  status: z.enum(['answered', 'failed']),
  /** What it answered instead, and what to do. */
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

/** A service that took part in a trace. */
export const traceServiceSchema = z.object({
  name: z.string(),
  role: spanRoleSchema,
  spans: z.number(),
  failed: z.number(),
  /** The catalog entity that it belongs to, if the reader may see it. */
  entityRef: z.string().optional(),
});

/** What a list says of a trace. */
export const traceSummarySchema = z.object({
  traceId: z.string(),
  /** The store that has it. */
  store: z.string(),
  /** RFC 3339. */
  startedAt: z.string(),
  durationUs: z.number(),
  /** Absent where the reader may not know what it began with. */
  root: z.object({ service: z.string(), name: z.string() }).optional(),
  spans: z.number(),
  failed: z.number(),
  services: z.array(traceServiceSchema),
  /** Spans of services that the reader may not see in the catalog. */
  hiddenSpans: z.number(),
});

/** GET /entities/:kind/:namespace/:name/traces */
export const tracesAnswerSchema = z.object({
  ...storeFields,
  clusters: z.array(clusterStateSchema),
  clusterListProblem: clusterListProblemSchema,
  lookbackSeconds: z.number(),
  limit: z.number(),
  /** The names that the entity has in the stores. */
  services: z.array(z.string()),
  /** The names that were looked for. */
  expectedServices: z.array(z.string()),
  /** The youngest first. */
  traces: z.array(traceSummarySchema),
  /** There may be more than were asked for. */
  hasMore: z.boolean(),
});

/** GET /entities/:kind/:namespace/:name/traces/operations */
export const traceOperationsAnswerSchema = z.object({
  ...storeFields,
  service: z.string(),
  operations: z.array(z.string()),
});

/** A process that reported spans. */
export const traceProcessSchema = z.object({
  /** Absent where the reader may not see the service in the catalog: its spans have their times, kind and outcome only. */
  service: z.string().optional(),
  entityRef: z.string().optional(),
  /** Where it says that it runs, or ran. */
  namespace: z.string().optional(),
  pod: z.string().optional(),
  attributes: attributesSchema,
});

/** A span in its place in the tree: rows are in the order in which they are drawn. */
export const traceSpanSchema = z.object({
  id: z.string(),
  /** 0 for roots. */
  level: z.number(),
  /** How many of the following rows are below it. */
  descendants: z.number(),
  /** Its parent is missing. */
  isOrphan: z.boolean(),
  /** Index of its process. */
  process: z.number(),
  role: spanRoleSchema,
  /** Absent for hidden spans. */
  name: z.string().optional(),
  kind: z.enum([
    'server',
    'client',
    'producer',
    'consumer',
    'internal',
    'unspecified',
  ]),
  /** Microseconds since the beginning of the trace. */
  offsetUs: z.number(),
  durationUs: z.number(),
  /** The parts of it on the critical path. */
  critical: z.array(z.object({ offsetUs: z.number(), durationUs: z.number() })),
  /** By how many microseconds its clock seems to differ from that of its parent; 0 where it does not show. */
  skewUs: z.number(),
  failed: z.boolean(),
  attributes: attributesSchema,
  events: z.array(
    z.object({ offsetUs: z.number(), attributes: attributesSchema }),
  ),
  warnings: z.array(z.string()),
});

export const traceSchema = traceSummarySchema.extend({
  /** Where the store's own pages show it, as configured. */
  link: z.string().optional(),
  rows: z.array(traceSpanSchema),
  /** Spans beyond the first ones that are sent. */
  omittedSpans: z.number(),
  processes: z.array(traceProcessSchema),
  /** What proxies took of the critical path, and of how many of their spans on it that is known. */
  proxyTime: z.object({
    durationUs: z.number(),
    measured: z.number(),
    unmeasured: z.number(),
  }),
  warnings: z.array(z.string()),
});

/** GET /entities/:kind/:namespace/:name/traces/:traceId */
export const traceAnswerSchema = z.object({
  ...storeFields,
  /** Absent where a store that may have it did not answer. */
  trace: traceSchema.optional(),
});

export type SpanRole = z.infer<typeof spanRoleSchema>;
export type TraceStoreState = z.infer<typeof traceStoreSchema>;
export type TraceService = z.infer<typeof traceServiceSchema>;
export type TraceSummary = z.infer<typeof traceSummarySchema>;
export type TracesAnswer = z.infer<typeof tracesAnswerSchema>;
export type TraceSearchQuery = z.output<typeof traceSearchQuerySchema>;
export type TraceOperationsAnswer = z.infer<typeof traceOperationsAnswerSchema>;
export type TraceProcess = z.infer<typeof traceProcessSchema>;
export type TraceSpan = z.infer<typeof traceSpanSchema>;
export type Trace = z.infer<typeof traceSchema>;
export type TraceAnswer = z.infer<typeof traceAnswerSchema>;
