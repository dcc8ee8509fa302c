import { Cause, ServiceRef, WorkloadRef } from './common';

/**
 * Where the requests of one caller (or of all) to a Service went.
 *
 * @public
 */
export interface ObservedSplit {
  /** Absent: all callers together. */
  caller?: WorkloadRef;
  requests: number;
  backends: {
    /** Workload, where the metric tells it. */
    workload?: WorkloadRef;
    service?: ServiceRef;
    /** Version label of the workload, where the metric tells it. */
    version?: string;
    requests: number;
    /** 0 to 100. */
    percent: number;
  }[];
}

/**
 * Where requests to a Service went.
 *
 * @public
 */
export interface ObservedRoutes {
  service: ServiceRef;
  state: 'measured' | 'no-traffic' | 'unknown';
  cause?: Cause;
  message?: string;
  splits: ObservedSplit[];
  /** Callers that the reader may not see in the catalog; their requests are in the split of all. */
  hiddenCallers: number;
  /**
   * The rules whose weights the split can be compared with: the metric names the route, or one rule alone
   * can have produced it. Backends are compared in the order of the rule.
   */
  attributed: {
    port: number;
    /** Index in the rules of that port. */
    rule: number;
    requests: number;
    backends: {
      requests: number;
      percent: number;
    }[];
    /** Said in words where observed and written differ by more than chance explains. */
    difference?: string;
  }[];
  /** Why nothing is compared, where `attributed` is empty. */
  notAttributed?: string;
}

/**
 * GET /entities/:kind/:namespace/:name/routing/observed
 *
 * @public
 */
export interface ObservedRoutingAnswer {
  entityRef: string;
  measuredAt: string;
  windowSeconds: number;
  services: ObservedRoutes[];
}
