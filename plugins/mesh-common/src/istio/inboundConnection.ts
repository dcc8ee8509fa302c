import { Answer, Reason } from '../contract/common';
import { EnrolmentMode } from '../contract/mtls';
import { Pod } from '../kubernetes/core';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { inboundPort } from './inbound';
import { isHttp, Protocol } from './protocol';

const RULE = 'istio/inbound-connection';

/**
 * How a client opens a connection to a port of a pod.
 *
 * @public
 */
export interface ConnectionAttempt {
  /** none: plaintext; mesh: mutual TLS of the mesh; other: TLS of the client's own. */
  tls: 'none' | 'mesh' | 'other';
  /** What is spoken in it, or without TLS. */
  speaks: 'http' | 'tcp';
}

/**
 * accepted: the proxy reads it, or passes plaintext on; opaque: the proxy passes TLS on to the application, as it is;
 * refused: it is closed.
 *
 * @public
 */
export type ConnectionOutcome = 'accepted' | 'opaque' | 'refused' | 'unknown';

/**
 * What becomes of a connection to a port of a pod. TLS that the proxy does not end is bytes to it: a port that is
 * known as HTTP cannot read them, others pass them on. Where mutual TLS is needed, only that of the mesh comes
 * through; where it may be used, TLS of another kind is taken for what the application speaks.
 *
 * Upstream: pilot/pkg/networking/core/listener_inbound.go, `getFilterChainMatchOptions`, by the mode of
 * pilot/pkg/security/authn/policy_applier.go; measured on running sidecars of 1.31.
 *
 * @public
 */
export function connectionTo(
  snapshot: MeshSnapshot,
  pod: Pod,
  port: number,
  mode: EnrolmentMode,
  attempt: ConnectionAttempt,
): Answer<ConnectionOutcome> {
  const { accepts, protocol } = inboundPort(snapshot, pod, port, mode);
  const { value, term: _, ...rest } = accepts;
  const reads = isHttp(protocol as Protocol);
  const outcome = (decided: ConnectionOutcome, text: string) => ({
    ...rest,
    value: decided,
    reasons: [{ rule: RULE, text }, ...rest.reasons] as Reason[],
  });
  switch (value) {
    case 'mtls-only':
      return attempt.tls === 'mesh'
        ? outcome('accepted', 'The proxy ends mutual TLS of the mesh')
        : outcome('refused', 'Only mutual TLS of the mesh is taken');
    case 'mtls-or-plaintext':
      return attempt.tls === 'mesh'
        ? outcome('accepted', 'The proxy ends mutual TLS of the mesh')
        : asItIs(attempt, reads, outcome);
    case 'plaintext-only':
      return asItIs(attempt, reads, outcome);
    case 'own-tls':
      return attempt.tls === 'other'
        ? outcome(
            'accepted',
            'The proxy ends TLS with a certificate of its own',
          )
        : outcome('refused', "Only TLS that is not the mesh's is taken");
    case 'nothing':
      return outcome('refused', 'The port takes nothing');
    default:
      return { ...rest, value: 'unknown' };
  }
}

function asItIs(
  { tls, speaks }: ConnectionAttempt,
  reads: boolean,
  outcome: (
    decided: ConnectionOutcome,
    text: string,
  ) => Answer<ConnectionOutcome>,
): Answer<ConnectionOutcome> {
  if (tls !== 'none') {
    return reads
      ? outcome('refused', 'The port is HTTP, and this TLS is not ended')
      : outcome('opaque', 'TLS that is not ended goes on to the application');
  }
  return reads && speaks !== 'http'
    ? outcome(
        'refused',
        'The port is HTTP, and the client speaks another protocol',
      )
    : outcome('accepted', 'Plaintext is taken');
}
