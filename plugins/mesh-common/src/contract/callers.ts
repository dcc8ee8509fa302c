import { CallRule, PortDecision } from './callDecision';
import { ClusterState, MeshId, WorkloadRef } from './common';
import { ClientClass, ClientSource } from './mtls';

/**
 * The rules about who may call a port.
 *
 * @public
 */
export interface PortCallRules {
  port: number;
  name?: string;
  protocol: string;
  rules: CallRule[];
}

/**
 * Somebody who may want to call, and what is decided about their calls.
 *
 * @public
 */
export interface Caller {
  sources: ClientSource[];
  class?: ClientClass;
  identity?: string;
  workload?: WorkloadRef;
  entityRef?: string;
  /**
   * Whether it runs here. no-pods: its workload has none now. no-workload: nothing of it is on this cluster,
   * so that its identity is known only where a rule names it.
   */
  presence: 'running' | 'no-pods' | 'no-workload';
  ports: PortDecision[];
}

/**
 * Who may call a workload, by port.
 *
 * @public
 */
export interface WorkloadCallers {
  workload: WorkloadRef;
  mesh?: MeshId;
  ports: PortCallRules[];
  callers: Caller[];
  /** Callers that the reader may not see in the catalog; they are counted, not named. */
  hiddenCallers: number;
}

/**
 * GET /entities/:kind/:namespace/:name/callers
 *
 * @public
 */
export interface CallersAnswer {
  entityRef: string;
  clusters: ClusterState[];
  clusterListProblem?: string;
  scopeLimit?: string;
  workloads: WorkloadCallers[];
}
