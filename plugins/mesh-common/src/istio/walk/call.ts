import { HeaderOperations } from '../../mesh/walk/headers';
import { Token } from '../../mesh/whoMayCall/facts';
import { Reason } from '../../contract/common';
import { RouteRule } from '../../contract/routing';
import { KubernetesObject } from '../../kubernetes/objects';
import { KindId } from '../../kubernetes/kinds';

/**
 * Whose proxy a call meets first: the sidecar of its client, or the gateway through which it comes in.
 *
 * @public
 */
export interface OutboundClient {
  proxy: 'sidecar' | 'gateway';
  namespace: string;
  /** Of its pods. */
  labels: Readonly<Record<string, string>>;
}

/**
 * A call as the first proxy meets it.
 *
 * @public
 */
export interface OutboundCall {
  /** http: plaintext HTTP. tls: a client hello. tcp: other bytes. */
  protocol: 'http' | 'tls' | 'tcp';
  /** The name that the client calls, without a port. */
  host: string;
  /** Where it connects to; at a gateway the port of the gateway's container. */
  port: number;
  method?: string;
  /** With the query. */
  path?: string;
  /** Names are in any case. */
  headers?: Readonly<Record<string, string>>;
  /** `X-Forwarded-Proto`, where a gateway trusts the proxy before it to tell it. */
  forwardedProto?: string;
  /** The tokens that a gateway has accepted; unknown where claims are not told. Absent: none. */
  tokens?: readonly Token[] | 'unknown';
  /** Of the client hello; absent: the host. */
  sni?: string;
  /** The address that the host was resolved to. Absent: what a resolver inside the cluster would answer. */
  address?: string;
}

/**
 * One destination of a call.
 *
 * @public
 */
export interface OutboundDestination {
  /** Full name; absent where the reference cannot be used at all. */
  host?: string;
  port?: number;
  subset?: string;
  /** Share, relative to the sum of the weights; a single destination has 100. */
  weight: number;
  /** Calls that fall on it fail: requests with this status, connections without one. */
  missing?: { status?: number; reason: Reason };
  headers?: { request?: HeaderOperations; response?: HeaderOperations };
  /** Its own Host header, which counts before the rule's. */
  authority?: string;
}

/**
 * The object whose rule was taken.
 *
 * @public
 */
export interface TakenRule {
  kind: KindId;
  object: KubernetesObject;
  /** Path of the rule in the object. */
  field: string;
  /** Index of the rule. */
  rule: number;
  /** The route's name, then `.` and the name of the match that was hit, where they have names. */
  route?: string;
}

/**
 * What the first proxy does with a call. passthrough: the mesh does not know the destination, and the connection
 * goes on to its address as it is. blackhole: it is refused for that. no-listener: a gateway does not listen there.
 *
 * @public
 */
export type OutboundOutcome =
  | 'route'
  | 'redirect'
  | 'direct-response'
  | 'no-route'
  | 'passthrough'
  | 'blackhole'
  | 'no-listener';

/**
 * What the first proxy does with a call, and which object decided it.
 *
 * @public
 */
export interface OutboundAnswer {
  outcome: OutboundOutcome;
  destinations: readonly OutboundDestination[];
  timeoutMs?: number;
  /** Absent: none. */
  retries?: {
    attempts: number;
    perTryTimeoutMs?: number;
    on: readonly string[];
    codes: readonly number[];
    /** Nothing is written about them: they are Istio's defaults. */
    isDefault: boolean;
    /** To which endpoints they go, in words. */
    places: readonly string[];
  };
  /** What the destination sees, where it differs from what was sent. */
  rewrite?: { path?: string; authority?: string };
  redirect?: {
    code: number;
    path: string;
    authority?: string;
    scheme?: string;
    port?: number;
  };
  directResponse?: { status: number; body?: string };
  /** The part of the rule that answers, where it is not the one that is named after that. */
  answeredBy?: 'corsPolicy';
  mirrors: readonly (OutboundDestination & { percent: number })[];
  fault?: RouteRule['fault'];
  requestHeaders?: HeaderOperations;
  responseHeaders?: HeaderOperations;
  /** `header:NAME`, `cookie:NAME`, `query:NAME`, `sourceIP`: what consistent hashing uses, in order. */
  hashPolicies?: readonly string[];
  /** Absent: no object of routes decides, such as for a Service's own route. */
  by?: TakenRule;
  /** How the proxy came to it, in order: the host, the listener, the rule. */
  reasons: readonly Reason[];
}
