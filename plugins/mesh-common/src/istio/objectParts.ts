import { Condition } from '../kubernetes/objects';

/* The parts that several of Istio's kinds share, as istio.io/api names them. */

/**
 * The modes of mutual TLS of a PeerAuthentication.
 *
 * @public
 */
export type MtlsMode = 'UNSET' | 'DISABLE' | 'PERMISSIVE' | 'STRICT';

/**
 * Upstream: networking/v1alpha3/destination_rule.proto, `LocalityLoadBalancerSetting`.
 *
 * @public
 */
export interface LocalityLbSetting {
  enabled?: boolean;
  distribute?: {
    from?: string;
    to?: Record<string, number>;
  }[];
  failover?: {
    from?: string;
    to?: string;
  }[];
  failoverPriority?: string[];
}

/**
 * What istiod says of an object.
 *
 * @public
 */
export interface IstioStatus {
  conditions?: Condition[];
  validationMessages?: unknown[];
}

/**
 * The workloads that a policy is for.
 *
 * @public
 */
export interface PolicySelector {
  matchLabels?: Record<string, string>;
}

/**
 * The workloads that a configuration of networking is for.
 *
 * @public
 */
export interface WorkloadSelector {
  labels?: Record<string, string>;
}

/**
 * What a policy is attached to.
 *
 * @public
 */
export interface PolicyTargetReference {
  group?: string;
  kind: string;
  name: string;
  namespace?: string;
}

/**
 * A mode of mutual TLS, where one is written.
 *
 * @public
 */
export interface MtlsSetting {
  mode?: MtlsMode;
}

/**
 * Where a rule sends requests.
 *
 * @public
 */
export interface Destination {
  host: string;
  subset?: string;
  port?: { number?: number };
}

/**
 * A destination, and its share.
 *
 * @public
 */
export interface RouteDestination {
  destination: Destination;
  weight?: number;
}

/**
 * What a rule does to headers.
 *
 * @public
 */
export interface HeaderOperations {
  set?: Record<string, string>;
  add?: Record<string, string>;
  remove?: string[];
}

/**
 * What a rule does to the headers of requests and of responses.
 *
 * @public
 */
export interface HeaderChanges {
  request?: HeaderOperations;
  response?: HeaderOperations;
}

/**
 * Which connections a rule takes.
 *
 * @public
 */
export interface L4Match {
  destinationSubnets?: string[];
  port?: number;
  sourceLabels?: Record<string, string>;
  sourceNamespace?: string;
  gateways?: string[];
}

/**
 * A share, 0 to 100.
 *
 * @public
 */
export interface Percent {
  value?: number;
}

/**
 * Limits of the connections to a destination.
 *
 * @public
 */
export interface ConnectionPoolSettings {
  tcp?: {
    maxConnections?: number;
    connectTimeout?: string;
    idleTimeout?: string;
    maxConnectionDuration?: string;
  };
  http?: {
    http1MaxPendingRequests?: number;
    http2MaxRequests?: number;
    maxRequestsPerConnection?: number;
    maxRetries?: number;
    idleTimeout?: string;
    h2UpgradePolicy?: string;
    useClientProtocol?: boolean;
    maxConcurrentStreams?: number;
  };
}

/**
 * When an endpoint is taken out.
 *
 * @public
 */
export interface OutlierDetectionSettings {
  splitExternalLocalOriginErrors?: boolean;
  consecutiveLocalOriginFailures?: number;
  consecutiveGatewayErrors?: number;
  consecutive5xxErrors?: number;
  consecutiveErrors?: number;
  interval?: string;
  baseEjectionTime?: string;
  maxEjectionPercent?: number;
  minHealthPercent?: number;
}

/**
 * An endpoint outside of Kubernetes.
 *
 * @public
 */
export interface WorkloadEntrySpec {
  address?: string;
  /** By the name of the ServiceEntry's port. */
  ports?: Record<string, number>;
  labels?: Record<string, string>;
  weight?: number;
  serviceAccount?: string;
  network?: string;
}
