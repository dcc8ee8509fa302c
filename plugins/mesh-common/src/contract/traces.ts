import { ClusterState } from './common';

/**
 * How far back traces can be looked for, in seconds.
 *
 * @public
 */
export const TRACE_LOOKBACKS = [900, 3600, 21600, 86400, 604800] as const;

/**
 * How far back traces are looked for where it is not said, in seconds.
 *
 * @public
 */
export const DEFAULT_TRACE_LOOKBACK = 3600;

/**
 * How many traces can be asked for.
 *
 * @public
 */
export const TRACE_LIMITS = [20, 50, 100, 200] as const;

/**
 * How many traces are asked for where it is not said.
 *
 * @public
 */
export const DEFAULT_TRACE_LIMIT = 20;

/**
 * The spans of a trace that are sent; of a longer one the first.
 *
 * @public
 */
export const MAX_SPANS = 10_000;

/**
 * Who reported a span.
 *
 * @public
 */
export type SpanRole = 'proxy' | 'application';

/**
 * A trace store that was asked, and whether it answered.
 *
 * @public
 */
export interface TraceStoreState {
  name: string;
  /** The clusters of the entity whose traces it has. */
  clusters: string[];
  status: 'answered' | 'failed';
  /** What it answered instead, and what to do. */
  message?: string;
}

/**
 * A service that took part in a trace.
 *
 * @public
 */
export interface TraceService {
  name: string;
  role: SpanRole;
  spans: number;
  failed: number;
  /** The catalog entity that it belongs to, if the reader may see it. */
  entityRef?: string;
}

/**
 * What a list says of a trace.
 *
 * @public
 */
export interface TraceSummary {
  traceId: string;
  /** The store that has it. */
  store: string;
  /** RFC 3339. */
  startedAt: string;
  durationUs: number;
  /** Absent where the reader may not know what it began with. */
  root?: {
    service: string;
    name: string;
  };
  spans: number;
  failed: number;
  services: TraceService[];
  /** Spans of services that the reader may not see in the catalog. */
  hiddenSpans: number;
}

/**
 * GET /entities/:kind/:namespace/:name/traces
 *
 * @public
 */
export interface TracesAnswer {
  entityRef: string;
  /** RFC 3339: when the stores were asked. */
  measuredAt: string;
  stores: TraceStoreState[];
  /** Clusters of the entity for which no trace store is configured. */
  withoutStore: string[];
  clusters: ClusterState[];
  clusterListProblem?: string;
  lookbackSeconds: number;
  limit: number;
  /** The names that the entity has in the stores. */
  services: string[];
  /** The names that were looked for. */
  expectedServices: string[];
  /** The youngest first. */
  traces: TraceSummary[];
  /** There may be more than were asked for. */
  hasMore: boolean;
}

/**
 * What traces are searched by.
 *
 * @public
 */
export interface TraceSearchQuery {
  service?: string;
  operation?: string;
  tags?: string;
  minDuration?: string;
  maxDuration?: string;
  errors?: boolean;
  lookback?: number;
  limit?: number;
}

/**
 * GET /entities/:kind/:namespace/:name/traces/operations
 *
 * @public
 */
export interface TraceOperationsAnswer {
  entityRef: string;
  /** RFC 3339: when the stores were asked. */
  measuredAt: string;
  stores: TraceStoreState[];
  /** Clusters of the entity for which no trace store is configured. */
  withoutStore: string[];
  service: string;
  operations: string[];
}

/**
 * A process that reported spans.
 *
 * @public
 */
export interface TraceProcess {
  /** Absent where the reader may not see the service in the catalog: its spans have their times, kind and outcome only. */
  service?: string;
  entityRef?: string;
  /** Where it says that it runs, or ran. */
  namespace?: string;
  pod?: string;
  attributes: Record<string, string | number | boolean>;
}

/**
 * A span in its place in the tree: rows are in the order in which they are drawn.
 *
 * @public
 */
export interface TraceSpan {
  id: string;
  /** 0 for roots. */
  level: number;
  /** How many of the following rows are below it. */
  descendants: number;
  /** Its parent is missing. */
  isOrphan: boolean;
  /** Index of its process. */
  process: number;
  role: SpanRole;
  /** Absent for hidden spans. */
  name?: string;
  kind:
    | 'server'
    | 'client'
    | 'producer'
    | 'consumer'
    | 'internal'
    | 'unspecified';
  /** Microseconds since the beginning of the trace. */
  offsetUs: number;
  durationUs: number;
  /** The parts of it on the critical path. */
  critical: {
    offsetUs: number;
    durationUs: number;
  }[];
  /** By how many microseconds its clock seems to differ from that of its parent; 0 where it does not show. */
  skewUs: number;
  failed: boolean;
  attributes: Record<string, string | number | boolean>;
  events: {
    offsetUs: number;
    attributes: Record<string, string | number | boolean>;
  }[];
  warnings: string[];
}

/**
 * A trace with its spans, as rows of a tree.
 *
 * @public
 */
export interface Trace extends TraceSummary {
  /** Where the store's own pages show it, as configured. */
  link?: string;
  rows: TraceSpan[];
  /** Spans beyond the first ones that are sent. */
  omittedSpans: number;
  processes: TraceProcess[];
  /** What proxies took of the critical path, and of how many of their spans on it that is known. */
  proxyTime: {
    durationUs: number;
    measured: number;
    unmeasured: number;
  };
  warnings: string[];
}

/**
 * GET /entities/:kind/:namespace/:name/traces/:traceId
 *
 * @public
 */
export interface TraceAnswer {
  entityRef: string;
  /** RFC 3339: when the stores were asked. */
  measuredAt: string;
  stores: TraceStoreState[];
  /** Clusters of the entity for which no trace store is configured. */
  withoutStore: string[];
  /** Absent where a store that may have it did not answer. */
  trace?: Trace;
}
