import { Answer, Cause, ObjectRef, Reason, WorkloadRef } from './common';

/**
 * Where a controller of progressive delivery is with a workload. not-started: it prepares the workload. healthy: no new
 * version is under way. paused: it waits for a person, or for a time to pass. promoting: the new version has passed and
 * takes the place of the old one. failed: the old version has all requests again, or the controller cannot go on.
 * ended: the object is being deleted. unknown: nothing tells, which is not good.
 *
 * @public
 */
export type CanaryPhase =
  | 'not-started'
  | 'healthy'
  | 'progressing'
  | 'paused'
  | 'promoting'
  | 'failed'
  | 'ended'
  | 'unknown';

/**
 * By what requests are shared between the versions. service-selector: a Service changes from one version to the
 * other as a whole. pods: by how many pods there are of each. other: by something that no mesh reads.
 *
 * @public
 */
export type CanarySteering =
  | 'virtual-service'
  | 'gateway-api'
  | 'traffic-split'
  | 'service-selector'
  | 'pods'
  | 'other'
  | 'unknown';

/**
 * A rule that the controller moves weights in.
 *
 * @public
 */
export interface CanaryRoute {
  object: ObjectRef;
  /**
   * applied: the mesh follows it for this Service. ignored: it names this Service and has no effect. written: the
   * rules of this Service do not come from it. missing: there is no such object, or no such rule in it.
   */
  state: Answer<'applied' | 'ignored' | 'written' | 'missing' | 'unknown'>;
  /** The share that it gives the new version, 0 to 100. */
  percent?: number;
}

/**
 * What comes next, and what it waits for.
 *
 * @public
 */
export interface CanaryNext {
  /** The share that the new version gets then, 0 to 100; absent: another kind of step. */
  percent?: number;
  /** What comes, in one clause. */
  text: string;
  /**
   * time: a pause that ends by itself. person: somebody must let it go on. analysis: what is measured must be good.
   * pods: those of the new version must be ready. controller: the controller does it by itself.
   */
  waitsFor: 'time' | 'person' | 'analysis' | 'pods' | 'controller';
  /** How long it waits, or at what interval is measured. */
  afterMs?: number;
  /** RFC 3339: when a pause that has begun ends. */
  at?: string;
}

/**
 * What a controller of progressive delivery does with a workload.
 *
 * @public
 */
export interface CanaryState {
  object: ObjectRef;
  controller: 'argo-rollouts' | 'flagger';
  strategy: 'canary' | 'blue-green' | 'ab-test';
  workload?: WorkloadRef;
  /** The names of the Services in the namespace of the object. */
  services: {
    /** By which clients call it. */
    root?: string;
    stable?: string;
    canary?: string;
  };
  /** Term: the controller's own word, such as `Paused`. */
  phase: Answer<CanaryPhase> & { term?: string };
  /** Somebody or an analysis has called it off. */
  aborted: boolean;
  /** Absent while no new version is under way. */
  step?: {
    /** 1 for the first; 0 before it. */
    number: number;
    count: number;
    /** The step, in the controller's words; absent where it has none. */
    text?: string;
  };
  /** The share that the controller wants the new version to have now, 0 to 100. */
  wanted?: Answer<number>;
  next?: CanaryNext;
  /** How many measurements have failed, and how many end it. */
  failedChecks?: {
    count: number;
    limit: number;
  };
  steering: Answer<CanarySteering> & { routes: CanaryRoute[] };
  /** Where what the mesh does is not what the controller wants, in a sentence each, with who says which. */
  differences: {
    text: string;
    reasons: Reason[];
  }[];
}

/**
 * What progressive delivery does with a Service.
 *
 * @public
 */
export interface Delivery {
  canaries: CanaryState[];
  /** What could not be read of what may govern it. */
  unread: {
    kind: string;
    cause: Cause;
    message: string;
  }[];
}
