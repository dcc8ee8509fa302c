import { CallEvaluation } from './callEvaluation';
import {
  Answer,
  Cause,
  ClusterState,
  MeshId,
  Reason,
  WorkloadRef,
} from './common';

/**
 * What a page asks about a request to a Service of an entity. It stands in URLs, so that it takes no credentials:
 * of a token only the claims.
 *
 * @public
 */
export interface WalkQuestion {
  cluster: string;
  /** The workload that sends it; of kind Gateway: the gateway through which it comes from outside. */
  from: {
    namespace: string;
    kind: string;
    name: string;
  };
  protocol: 'http' | 'tcp' | 'tls';
  host: string;
  port: number;
  method: string;
  path: string;
  headers: Record<string, string>;
  jwt?: Record<string, unknown> | undefined;
}

/**
 * GET /entities/:kind/:namespace/:name/walk
 *
 * @public
 */
export interface WalkRouteAnswer {
  entityRef: string;
  cluster: ClusterState;
  walk: WalkAnswer;
  /** Workloads that would answer and that the reader may not see. */
  hiddenWorkloads: number;
}

/**
 * A request whose way through the mesh is asked for.
 *
 * @public
 */
export interface WalkRequest {
  /** A workload, or a gateway through which a client from outside comes in. */
  from:
    | {
        workload: WorkloadRef;
      }
    | {
        gateway: {
          namespace: string;
          name: string;
        };
        /** Of the client outside. */
        sourceIp?: string;
      };
  /** http: plaintext HTTP from the application. tls: the application speaks TLS itself. tcp: other bytes. */
  protocol: 'http' | 'tls' | 'tcp';
  /** A name or an address, without a port. */
  host: string;
  /** Of the Service; of the pod where the host is its address; at a gateway the one that clients connect to. */
  port: number;
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  sni?: string;
  /** Claims of the token in the header Authorization. Absent: it is not sent. */
  jwt?: Record<string, unknown>;
}

/**
 * What is looked at about a request, in this order.
 *
 * @public
 */
export type WalkStepName =
  | 'host'
  | 'route'
  | 'destination'
  | 'security'
  | 'authorization'
  | 'resilience';

/**
 * One thing that was looked at about a request.
 *
 * @public
 */
export interface WalkStep {
  step: WalkStepName;
  /** ok: the request goes on. ends: this step answers or refuses it. depends: on what the request does not say. */
  result: 'ok' | 'ends' | 'depends' | 'unknown';
  /** One line for people. */
  text: string;
  /** The gateway on the way whose proxy this is about; absent: it is the client's, or the server's. */
  at?: WorkloadRef;
  /** The deciders. */
  reasons: Reason[];
}

/**
 * What the caller sees. delivered: the application answers. denied: a policy refuses it. failed: what is
 * configured keeps it from any endpoint. unmeshed: it goes on past the mesh, which says nothing of what comes of it.
 *
 * @public
 */
export type WalkOutcome =
  | 'delivered'
  | 'redirect'
  | 'direct-response'
  | 'no-route'
  | 'denied'
  | 'failed'
  | 'unmeshed'
  | 'depends'
  | 'unknown';

/**
 * What becomes of the share of requests that falls on one destination.
 *
 * @public
 */
export interface WalkBranch {
  /** 0 to 100. */
  percent: number;
  host?: string;
  port?: number;
  subset?: string;
  endpoints?: {
    ready: number;
    total: number;
  };
  /** The workloads that answer. */
  workloads: WorkloadRef[];
  /** The gateways that send the request on, in the order in which it comes to them. */
  via?: WorkloadRef[];
  /** What goes over the wire between the proxies; of several connections that of the last one. */
  sends: 'mtls' | 'plaintext' | 'tls' | 'fails' | 'unknown';
  /** The identity that the proxy of the server sees, where it sees one. */
  peerIdentity?: string;
  /** What the servers' side decides about the call. */
  authorization?: CallEvaluation;
  outcome: WalkOutcome;
  /** Given with the outcome `unknown`. */
  cause?: Cause;
  /**
   * HTTP status that the caller sees where the mesh answers, which for gRPC is 200; null: the connection is closed
   * without one.
   */
  status?: number | null;
  /** Where the mesh answers a request of gRPC: the status that it gives it in the words of gRPC. */
  grpcStatus?: number;
  /** Envoy's response flag, such as `NR`, `UH`, `UF`, `UC`. */
  flag?: string;
  steps: WalkStep[];
}

/**
 * The way of one request through the mesh.
 *
 * @public
 */
export interface WalkAnswer {
  request: WalkRequest;
  mesh?: MeshId;
  /** Worst of the branches; `depends` where they differ. */
  outcome: Answer<WalkOutcome>;
  status?: number | null;
  grpcStatus?: number;
  flag?: string;
  /** The steps before the destinations part. */
  steps: WalkStep[];
  branches: WalkBranch[];
  /** What the destination sees where it is not what was sent. */
  rewrite?: {
    path?: string;
    authority?: string;
  };
  redirect?: {
    status: number;
    location: string;
  };
  mirrors: {
    host?: string;
    port?: number;
    subset?: string;
    percent: number;
  }[];
  timeoutMs?: number;
  /** Until the response to a try must be complete, which is not tried again where it is not. */
  responseTimeoutMs?: number;
  /** Injected into this share of the requests, before the timeout begins. */
  delay?: {
    ms: number;
    percent: number;
  };
  /** Answered in this share of the requests by the proxy on the client's side, before any try is made. */
  abort?: {
    status: number;
    percent: number;
  };
  /** The tries after the first one, and after what they are made. Absent: none. */
  retries?: {
    attempts: number;
    perTryTimeoutMs?: number;
    on: string[];
    codes: number[];
    /** Nothing is written about them: they are the mesh's own. */
    isDefault: boolean;
  };
  /** What the rule changes of the headers, before what its destinations change. */
  requestHeaders?: {
    set?: Record<string, string>;
    add?: Record<string, string>;
    remove?: string[];
  };
  /** In a sentence: what is expected, such as `200 expected from reviews-v2; ends at 1 of 2 endpoints`. */
  summary: string;
}
