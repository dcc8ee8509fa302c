import { Reason } from '../../contract/common';
import { Service } from '../../kubernetes/core';
import { KindId } from '../../kubernetes/kinds';
import { KubernetesObject } from '../../kubernetes/objects';
import { FailureAccrual, LoadBias } from '../failureAccrual';
import { AnyLinkerdRoute } from '../linkerdRoutes';
import { EgressNetwork } from '../objects';
import { FilterContent, RequestMatchContent } from '../ruleContent';

/**
 * Whose traffic settings and routes apply: what a client names, or what its destination address belongs to. A
 * Service that does not exist can be named, and an address outside the cluster can belong to nothing.
 *
 * @public
 */
export type OutboundParent =
  | { kind: 'Service'; namespace: string; name: string; object?: Service }
  | {
      kind: 'EgressNetwork';
      namespace: string;
      name: string;
      object: EgressNetwork;
    }
  | { kind: 'egress-fallback' };

/**
 * The field that sets something.
 *
 * @public
 */
export interface SettingSource {
  kind: KindId;
  object: KubernetesObject;
  field: string;
}

/**
 * How long something may take.
 *
 * @public
 */
export interface OutboundTimeout {
  ms: number;
  source: SettingSource;
}

/**
 * How long the parts of a request may take; what is absent has no limit.
 *
 * @public
 */
export interface OutboundTimeouts {
  request?: OutboundTimeout;
  response?: OutboundTimeout;
  idle?: OutboundTimeout;
}

/**
 * What is tried again.
 *
 * @public
 */
export interface OutboundRetry {
  /** How often at most. */
  limit: number;
  /** What is retried, in the words of the annotation. */
  on: string[];
  /** A try that takes longer is given up, and retried. */
  timeoutMs?: number;
  /** The annotations that say so. */
  sources: SettingSource[];
}

/**
 * Why a backend cannot be used.
 *
 * @public
 */
export interface InvalidBackend {
  /** As the controller tells the proxy, which answers with it. */
  message: string;
  /** For people. */
  why: string;
}

/**
 * Settings that make one whole, so that one invalid annotation voids them.
 *
 * @public
 */
export type SettingGroup =
  | 'timeouts'
  | 'http-retries'
  | 'grpc-retries'
  | 'failure-accrual'
  | 'load-bias';

/**
 * Where a share of what a rule takes goes to.
 *
 * @public
 */
export interface OutboundBackend {
  /** Absent: the reference cannot be used at all. */
  target?: {
    kind: 'Service' | 'EgressNetwork';
    namespace: string;
    name: string;
    port: number;
  };
  /** Absent: there are no shares, it takes all. */
  weight?: number;
  /** What is done to its share only. */
  filters: FilterContent[];
  /** Its share fails. */
  invalid?: InvalidBackend;
  /** The reference, in the rule of the route. Absent: the rule has none, and the parent itself is it. */
  ref?: number;
}

/**
 * How what matches a rule is treated.
 *
 * @public
 */
export interface OutboundRule {
  /** HTTP and gRPC. */
  matches: RequestMatchContent[];
  filters: FilterContent[];
  /** `firstAvailable`: to the first backend that has endpoints; `randomAvailable`: by weight; `empty`: to none. */
  distribution: 'firstAvailable' | 'randomAvailable' | 'empty';
  backends: OutboundBackend[];
  timeouts: OutboundTimeouts;
  retry?: OutboundRetry;
}

/**
 * A route that is written as an object, with what the proxy makes of it.
 *
 * @public
 */
export interface WrittenOutboundRoute {
  route: AnyLinkerdRoute;
  /** Host names, or server names of TLS; none: any. */
  hosts: string[];
  rules: OutboundRule[];
}

/**
 * The route of what no object routes.
 *
 * @public
 */
export interface DefaultOutboundRoute {
  /** As metrics call it. */
  name: string;
  /** What it takes is refused. */
  forbidden: boolean;
  rule: OutboundRule;
}

/**
 * How what clients send to a port is treated.
 *
 * @public
 */
export type OutboundPolicyProtocol =
  | 'detect'
  | 'http1'
  | 'http2'
  | 'grpc'
  | 'opaque'
  | 'tls';

/**
 * What the policy controller gives to a client's proxy for a destination.
 *
 * @public
 */
export interface OutboundPolicy {
  parent: OutboundParent;
  port: number;
  protocol: OutboundPolicyProtocol;
  /** In the order of the answer; with `detect` those of HTTP. */
  routes: WrittenOutboundRoute[];
  /** What no route takes; absent: it fails. */
  defaultRoute?: DefaultOutboundRoute;
  /** With `detect`: what is not HTTP is refused. */
  opaqueForbidden: boolean;
  /** With `detect`: how what is not HTTP is treated, unless it is refused. */
  connectionRule: OutboundRule;
  /** When a client stops sending to an endpoint; only for HTTP and gRPC. */
  failureAccrual?: FailureAccrual;
  /** Whether its balancer picks endpoints for something of this. */
  balanced: boolean;
  /** How its balancer counts failures; only for HTTP and gRPC. */
  loadBias?: LoadBias;
  /** Why the protocol is this one. */
  reasons: Reason[];
  /** Settings of the parent that have no effect, since an annotation is invalid. */
  invalidSettings: { group: SettingGroup; reason: Reason }[];
  /** Routes that name the parent and have no effect, with why. */
  ignored: Reason[];
  mayDiffer: Reason[];
  /** Over files: the routes that count are those that the controller would accept. */
  predicted: boolean;
}
