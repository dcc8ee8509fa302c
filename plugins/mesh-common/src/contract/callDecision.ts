import { Answer, Reason } from './common';

/**
 * One condition on a call. Values are written as the mesh's policies write them.
 *
 * @public
 */
export interface CallCondition {
  subject:
    | 'identity'
    | 'namespace'
    | 'service-account'
    | 'trust-domain'
    | 'source-ip'
    | 'remote-ip'
    | 'destination-ip'
    | 'port'
    | 'sni'
    | 'protocol'
    | 'method'
    | 'path'
    | 'host'
    | 'header'
    | 'query'
    | 'token'
    | 'audience'
    | 'presenter'
    | 'claim'
    /** An external authorizer that is asked. */
    | 'provider'
    /** An attribute of the proxy that is not modelled. */
    | 'other';
  /** Of the header, query parameter, claim or attribute. */
  name?: string;
  operator: 'in' | 'not-in';
  values: string[];
  /** Values that the reader may not see: they are counted, not named. */
  hidden?: number;
}

/**
 * Alternatives; all conditions of one must hold. An alternative without conditions is always met.
 *
 * @public
 */
export type CallConditions = CallCondition[][];

/**
 * depends: on the request, as `allowedWhen` and `deniedWhen` say.
 *
 * @public
 */
export type CallValue = 'allowed' | 'denied' | 'depends' | 'unknown';

/**
 * Whether a call is let in, and of what about the request it depends.
 *
 * @public
 */
export interface CallDecision extends Answer<CallValue> {
  /** With `depends`: what lets a call in that nothing denies. Empty: every such call. */
  allowedWhen: CallConditions;
  /** With `depends`: what is denied, whatever would allow it. */
  deniedWhen: CallConditions;
}

/**
 * One rule about who may call, as it is written, in the order in which the mesh looks at rules.
 *
 * @public
 */
export interface CallRule {
  /** default: what holds where no other rule lets a call in. */
  effect: 'allow' | 'deny' | 'audit' | 'custom' | 'default';
  /** The mesh's own word: `ALLOW`; `all-authenticated`. */
  term: string;
  /** no-effect: it is about this port and decides nothing, see the reason. */
  state: 'enforced' | 'dry-run' | 'no-effect';
  /** Which proxy looks at it, where there are several: `waypoint shop/waypoint`, `ztunnel`. */
  enforcedBy?: string;
  /** Which callers it is about; empty: nobody. */
  from: CallConditions;
  /** Which of their requests; empty: none. */
  requests: CallConditions;
  reason: Reason;
}

/**
 * What is decided about the calls to a port.
 *
 * @public
 */
export interface PortDecision {
  port: number;
  decision: CallDecision;
}
