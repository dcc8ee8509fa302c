import { ServiceRef, WorkloadRef } from '../contract/common';
import { ObservedTraffic } from '../contract/mtls';

/**
 * One sample of an instant vector.
 *
 * @public
 */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/**
 * Over which stretch of time, and which part of a shared store, a question is asked.
 *
 * @public
 */
export interface QueryScope {
  windowSeconds: number;
  /** Matchers that every selector gets, such as the cluster's label in a store that clusters share. */
  matchers: Readonly<Record<string, string>>;
}

/**
 * A question to a metrics store: PromQL expressions by name, and how their answers are read.
 *
 * @public
 */
export interface TrafficQuery<T> {
  expressions: Readonly<Record<string, string>>;
  read(samples: Readonly<Record<string, readonly Sample[]>>): T;
}

/**
 * A caller as metrics tell it.
 *
 * @public
 */
export interface TrafficCaller {
  /** As the server saw it; absent for plaintext. */
  identity?: string;
  workload?: WorkloadRef;
  /** The port of the server, where the metric tells it. */
  port?: number;
  traffic: ObservedTraffic;
}

/**
 * What came in to one workload.
 *
 * @public
 */
export interface InboundTraffic {
  workload: WorkloadRef;
  /** Whether the metric tells ports apart. */
  level: 'workload' | 'port';
  callers: TrafficCaller[];
}

/**
 * Requests to one Service, by caller and by where they went.
 *
 * @public
 */
export interface ServiceTraffic {
  service: ServiceRef;
  flows: {
    caller?: WorkloadRef;
    workload?: WorkloadRef;
    backend?: ServiceRef;
    version?: string;
    /** The route that the metric names, as `Kind namespace/name`, and the port of the Service. */
    route?: string;
    port?: number;
    requests: number;
  }[];
}
