import { PortDecision } from './callDecision';
import {
  Answer,
  Cause,
  ClusterState,
  MeshId,
  ServiceRef,
  WorkloadRef,
} from './common';

/**
 * What a workload accepts on a port (server side), whatever its clients do.
 *
 * @public
 */
export type Accepts =
  | 'mtls-only'
  | 'mtls-or-plaintext'
  | 'plaintext-only'
  /** TLS with a certificate of the workload's own; neither plaintext nor the mesh's. */
  | 'own-tls'
  | 'nothing'
  | 'unknown';

/**
 * What one client sends to one destination.
 *
 * @public
 */
export type Sends = 'mtls' | 'plaintext' | 'fails' | 'unknown';

/**
 * From best to worst, see `mesh/verdict.ts`.
 *
 * @public
 */
export type Verdict =
  | 'protected'
  | 'mtls-in-use'
  | 'unknown'
  | 'in-part'
  | 'unprotected'
  | 'not-in-mesh';

/**
 * How pods take part in a mesh. mixed: the pods of the workload differ. none: no proxy.
 *
 * @public
 */
export type EnrolmentMode =
  | 'sidecar'
  | 'native-sidecar'
  | 'ambient'
  | 'gateway'
  | 'waypoint'
  | 'none'
  | 'mixed'
  | 'unknown';

/**
 * How the pods of a workload take part in a mesh.
 *
 * @public
 */
export interface Enrolment extends Answer<EnrolmentMode> {
  mesh?: MeshId;
  /** What the configuration asks for; differs from the value where pods were not restarted, or never injected. */
  expected?: Answer<EnrolmentMode>;
  pods: {
    total: number;
    ready: number;
    /** Pods that run a proxy, or whose traffic is redirected to one. */
    inMesh: number;
  };
}

/**
 * What a workload accepts on a port, and how well the port is protected.
 *
 * @public
 */
export interface PortMtls {
  /** The port of the container. */
  port: number;
  name?: string;
  /** How the mesh treats the port: `http`, `http2`, `grpc`, `tcp`, `opaque`, …; `detected` where it looks at the bytes. */
  protocol: string;
  /** The Service ports that lead here. */
  services: {
    service: ServiceRef;
    port: number;
  }[];
  accepts: Answer<Accepts> & {
    /** The mesh's own word: `STRICT`, `all-unauthenticated`. */
    term?: string;
  };
  verdict: Answer<Verdict>;
}

/**
 * Where a client is known from.
 *
 * @public
 */
export type ClientSource =
  /** It was seen calling. */
  | 'observed'
  /** The catalog says so: dependsOn, or an API that it consumes. */
  | 'declared'
  /** A rule that allows calls names its identity literally. */
  | 'allowed'
  /** It stands for everybody else of its class. */
  | 'class';

/**
 * The three classes that everybody else falls into.
 *
 * @public
 */
export type ClientClass =
  | 'same-namespace'
  | 'elsewhere-in-mesh'
  | 'outside-mesh';

/**
 * A client of a workload, and what it sends.
 *
 * @public
 */
export interface ClientMtls {
  sources: ClientSource[];
  class?: ClientClass;
  /** Its workload identity in the words of the mesh: a SPIFFE id without scheme, or Linkerd's DNS name. */
  identity?: string;
  workload?: WorkloadRef;
  entityRef?: string;
  /** What it sends, by port of the destination. */
  ports: {
    port: number;
    sends: Answer<Sends>;
  }[];
}

/**
 * What a workload accepts and its clients send.
 *
 * @public
 */
export interface WorkloadMtls {
  workload: WorkloadRef;
  enrolment: Enrolment;
  /** The identity that clients see, where the mesh gives one. */
  identity?: string;
  ports: PortMtls[];
  clients: ClientMtls[];
  /** Clients that the reader may not see in the catalog; they are counted, not named. */
  hiddenClients: number;
  verdict: Answer<Verdict>;
}

/**
 * GET /entities/:kind/:namespace/:name/mtls
 *
 * @public
 */
export interface MtlsAnswer {
  entityRef: string;
  /** From configuration alone; the observations' answer may lower it. */
  verdict: Answer<Verdict>;
  clusters: ClusterState[];
  clusterListProblem?: string;
  scopeLimit?: string;
  workloads: WorkloadMtls[];
}

/**
 * Requests (or, where the metric has only those, connections) in a window, by how they came.
 *
 * @public
 */
export interface ObservedTraffic {
  unit: 'requests' | 'connections';
  mtls: number;
  plaintext: number;
  /** Came in a way that the metric does not tell. */
  unknown: number;
}

/**
 * What was measured of the traffic, or why it was not.
 *
 * @public
 */
export interface Observation {
  /** no-traffic: it was measured, and there was none. */
  state: 'measured' | 'no-traffic' | 'unknown';
  /** Given with the state `unknown`. */
  cause?: Cause;
  /** For people: which store, what it answered, what to configure. */
  message?: string;
  traffic?: ObservedTraffic;
}

/**
 * A client that was seen calling.
 *
 * @public
 */
export interface ObservedCaller {
  identity?: string;
  workload?: WorkloadRef;
  entityRef?: string;
  /** Only where the metric tells the port. */
  port?: number;
  traffic: ObservedTraffic;
  /** What configuration says that it sends, where it is none of the clients of the configuration's answer. */
  sends?: Answer<Sends>;
  /** Whether it may call, by port, where it is none of the callers of the configuration's answer. */
  calls?: PortDecision[];
}

/**
 * What was seen of the traffic to a workload.
 *
 * @public
 */
export interface ObservedWorkload {
  workload: WorkloadRef;
  /** Whether the metric tells ports apart. A figure of the workload is never copied to its ports. */
  level: 'workload' | 'port';
  total: Observation;
  /** With the level `port` only. */
  ports: {
    port: number;
    observation: Observation;
  }[];
  callers: ObservedCaller[];
  /** Callers that the reader may not see in the catalog. */
  hiddenCallers: number;
  verdict: Answer<Verdict>;
}

/**
 * GET /entities/:kind/:namespace/:name/mtls/observed
 *
 * @public
 */
export interface ObservedMtlsAnswer {
  entityRef: string;
  /** RFC 3339: when the stores were asked. */
  measuredAt: string;
  /** Length of the window in seconds. */
  windowSeconds: number;
  workloads: ObservedWorkload[];
  /** With what was seen: never better than the configuration's. */
  verdict: Answer<Verdict>;
}
