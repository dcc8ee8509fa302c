import { CallConditions, CallDecision } from './callDecision';
import { Reason } from './common';

/**
 * What a proxy looks at when a call comes, in this order.
 *
 * @public
 */
export type CallStep =
  /** The TLS of the connection. */
  | 'connection'
  /** Rules that ask an external authorizer. */
  | 'custom'
  /** The tokens that the call carries. */
  | 'tokens'
  | 'audit'
  | 'deny'
  | 'allow';

/**
 * One thing that was looked at about a call. What comes after the step that decides was not.
 *
 * @public
 */
export interface CallCheck {
  step: CallStep;
  /** depends: on what is not known of the call. skipped: this proxy cannot look at it, see the reason. */
  result: 'match' | 'no-match' | 'depends' | 'skipped';
  /** It is only tried: it decides nothing. */
  dryRun: boolean;
  /** Index of the rule in the object that the reason names. */
  rule?: number;
  reason: Reason;
}

/**
 * What a proxy does with a call, and why, in a word.
 *
 * @public
 */
export type CallVerdict =
  | 'allow-matched'
  /** Nothing denies it, and no policy says who is allowed. */
  | 'no-allow-policy'
  | 'deny-matched'
  | 'no-allow-matched'
  /** An external authorizer would be asked that there is not, or beside others. */
  | 'custom-provider-unusable'
  | 'custom-denied'
  | 'token-rejected'
  /** Plaintext, where mutual TLS is needed. */
  | 'mtls-required'
  /** The client's trust domain is none of the mesh's. */
  | 'untrusted-client'
  /** Connections of this client cannot come about for another reason, see there. */
  | 'no-connection';

/**
 * What one proxy on the way of a call does with it.
 *
 * @public
 */
export interface CallHop {
  /** `sidecar`, `ztunnel`, `waypoint shop/waypoint`, … */
  by: string;
  /** As what the proxy treats the call. */
  layer: 'http' | 'tcp';
  /** Given where it does so only under conditions: the port's protocol is told by the first bytes. */
  when?: CallConditions;
  decision: CallDecision;
  /** Absent where the decision depends on more than is known, or is unknown. */
  verdict?: CallVerdict;
  /** The response code details that an access log of Envoy has for it. */
  details?: string;
  /** The status with which it answers what it refuses; absent where it closes the connection, or tells no status. */
  status?: number;
  /** External authorizers that are asked. */
  providers: string[];
  checks: CallCheck[];
}

/**
 * What becomes of a call, with everything that was looked at, in order.
 *
 * @public
 */
export interface CallEvaluation {
  decision: CallDecision;
  /** The proxies that decide, in the order in which the call meets them. Empty: none looks at it. */
  hops: CallHop[];
}
