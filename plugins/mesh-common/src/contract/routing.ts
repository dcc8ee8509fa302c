import { Delivery } from './canary';
import {
  Answer,
  ClusterState,
  MeshId,
  Reason,
  ServiceRef,
  WorkloadRef,
} from './common';

/**
 * One condition on a request. All conditions of a match must hold; one match of a rule is enough.
 *
 * @public
 */
export interface RouteCondition {
  subject:
    | 'path'
    | 'method'
    | 'authority'
    | 'scheme'
    | 'header'
    | 'without-header'
    | 'query'
    | 'port'
    | 'source-labels'
    | 'source-namespace'
    | 'gateway'
    | 'sni'
    | 'destination-subnet'
    | 'grpc-service'
    | 'grpc-method';
  /** Of the header or query parameter. */
  name?: string;
  operator: 'exact' | 'prefix' | 'regex' | 'present';
  value?: string;
  ignoreCase?: boolean;
}

/**
 * A destination of a rule, and its share of the requests.
 *
 * @public
 */
export interface RouteBackend {
  /** Host as the mesh knows it: the fully qualified name of a Service, or an external host. */
  host: string;
  service?: ServiceRef;
  subset?: string;
  port?: number;
  /** As written. */
  weight?: number;
  /** Share of the rule's requests, 0 to 100. */
  percent: number;
  /** Its share of requests fails: there is no such Service, port or subset. */
  missing?: {
    /** HTTP status of the answer; absent: connections to it are closed. */
    status?: number;
    reason: Reason;
  };
}

/**
 * How often a request is tried again, and after what.
 *
 * @public
 */
export interface RouteRetries {
  /** 0: none. */
  attempts: number;
  perTryTimeoutMs?: number;
  /** In the mesh's own words: `5xx`, `reset`, `connect-failure`, … */
  on: string[];
  /** Share of extra load that retries may cause, where the mesh limits them so. */
  budget?: {
    percent: number;
    minPerSecond?: number;
    /** How long requests count for it. */
    ttlMs?: number;
  };
  reasons: Reason[];
}

/**
 * When a request is given up.
 *
 * @public
 */
export interface RouteTimeout {
  ms: number;
  reasons: Reason[];
}

/**
 * What timeout and retries come to together where the server is slow.
 *
 * @public
 */
export interface SlowTries {
  /** How long a caller waits at most, without the pauses between tries; absent: nothing limits it. */
  worstCaseMs?: number;
  /** For people. */
  text: string;
}

/**
 * A rule about requests: which it takes, and what becomes of them.
 *
 * @public
 */
export interface RouteRule {
  /** Where it is written, such as `VirtualService shop/reviews http[0]`; the object is in the reasons. */
  name: string;
  /** Alternatives; an empty list matches every request. */
  matches: RouteCondition[][];
  /** Set where no request can reach this rule, with what takes them before it. */
  neverMatches?: Reason;
  action: 'forward' | 'redirect' | 'direct-response';
  backends: RouteBackend[];
  redirect?: {
    code: number;
    scheme?: string;
    authority?: string;
    port?: number;
    path?: string;
  };
  directResponse?: {
    status: number;
    body?: string;
  };
  rewrite?: {
    path?: string;
    pathPrefix?: string;
    pathRegex?: {
      match: string;
      replace: string;
    };
    authority?: string;
  };
  mirrors: {
    host: string;
    subset?: string;
    port?: number;
    percent: number;
  }[];
  fault?: {
    delay?: {
      ms: number;
      percent: number;
    };
    abort?: {
      httpStatus?: number;
      grpcStatus?: string;
      percent: number;
    };
  };
  /** Absent: none. */
  timeout?: RouteTimeout;
  retries?: RouteRetries;
  slowTries?: SlowTries;
  /** Header changes, as text for people: `request set x-team: shop`. */
  headers: string[];
  reasons: Reason[];
}

/**
 * How a client treats the endpoints of a destination.
 *
 * @public
 */
export interface DestinationPolicy {
  host: string;
  subset?: string;
  /** Labels that select the endpoints of the subset. */
  labels?: Record<string, string>;
  endpoints?: {
    ready: number;
    total: number;
  };
  loadBalancer?: string;
  limits: {
    /** In the mesh's own words: `maxConnections`, `http1MaxPendingRequests`, … */
    name: string;
    value: number;
    unit: 'count' | 'ms' | 'percent';
  }[];
  outlierDetection?: {
    /** In the mesh's own words and numbers, for people. */
    ejectsAfter: string;
    baseEjectionMs?: number;
    intervalMs?: number;
    maxEjectionPercent?: number;
  };
  /** Whether the place of an endpoint counts; absent: it does not, and nobody asked for it. */
  locality?: {
    /** inactive: failover is asked for, and does not happen. */
    mode: 'distribute' | 'failover' | 'inactive';
    /** For people. */
    text: string;
  };
  /** The client TLS mode that is written for it, such as `ISTIO_MUTUAL`. */
  tlsMode?: string;
  reasons: Reason[];
}

/**
 * The rules for a port of a Service, in the order in which they are tried.
 *
 * @public
 */
export interface PortRoutes {
  port: number;
  name?: string;
  protocol: Answer<string>;
  /**
   * rules: the rules below decide. service: there are none, requests go to the Service itself.
   * not-in-mesh: no proxy of the client's applies any. unknown: a deciding input could not be read.
   */
  routing: Answer<'rules' | 'service' | 'not-in-mesh' | 'unknown'>;
  rules: RouteRule[];
  /** What a request gets that no rule matches, such as 404. Absent where one matches everything. */
  unmatched?: {
    status: number;
    reason: Reason;
  };
  destinations: DestinationPolicy[];
  /** Objects that name this Service and have no effect, with why. */
  ignored: Reason[];
}

/**
 * A port of a Gateway by which requests from outside come to a Service.
 *
 * @public
 */
export interface Exposure {
  gateway: {
    /** Group and kind: Istio and the Gateway API both call theirs Gateway. */
    kind: string;
    namespace: string;
    name: string;
    /** Of the Gateway API. */
    listener?: string;
  };
  port: number;
  protocol: string;
  /** The names by which it is called there; wildcards begin with `*`. */
  hosts: string[];
  /** The rules that lead to the Service, among others for the same hosts. */
  rules: RouteRule[];
}

/**
 * The rules for the ports of a Service.
 *
 * @public
 */
export interface ServiceRoutes {
  service: ServiceRef;
  host: string;
  mesh?: MeshId;
  /** The waypoint (ambient) whose proxy applies the rules, as `namespace/name`. */
  waypoint?: string;
  /** The client from whose place this is seen. */
  seenFrom: {
    namespace: string;
    workload?: WorkloadRef;
  };
  ports: PortRoutes[];
  /** How it is reached from outside; absent: through no Gateway, or nobody can tell. */
  gateways?: Exposure[];
  /** The canaries that govern it; absent: nothing is known that does. */
  delivery?: Delivery;
  /** The Services of other clusters by which requests come to it from there. */
  mirrors?: ServiceMirror[];
}

/**
 * What a mesh tells of the routes to a host that no Service has.
 *
 * @public
 */
export type HostRoutes = Pick<
  ServiceRoutes,
  'service' | 'host' | 'waypoint' | 'seenFrom' | 'ports' | 'gateways'
>;

/**
 * A Service that stands for one of another cluster.
 *
 * @public
 */
export interface ServiceMirror {
  service: ServiceRef;
  ports: number[];
}

/**
 * GET /entities/:kind/:namespace/:name/routing
 *
 * @public
 */
export interface RoutingAnswer {
  entityRef: string;
  clusters: ClusterState[];
  clusterListProblem?: string;
  scopeLimit?: string;
  services: ServiceRoutes[];
  /** Workloads of the entity that no Service selects. */
  withoutService: WorkloadRef[];
}
