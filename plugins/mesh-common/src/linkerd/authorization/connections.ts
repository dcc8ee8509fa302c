import { Reason } from '../../contract/common';
import { InboundPolicy } from '../inboundPolicy';

/** What a Server calls the protocols whose ports take requests and nothing else. */
const NAMES: Readonly<Partial<Record<InboundPolicy['protocol'], string>>> = {
  http1: 'HTTP/1',
  http2: 'HTTP/2',
  grpc: 'gRPC',
};

/**
 * Whether connections that are not HTTP are refused on a port, whoever opens them: where the Server says that it is HTTP
 * or gRPC, its authorizations are those of requests, and there is none for a connection. TLS that the application
 * itself speaks is such a connection.
 *
 * Upstream: linkerd2-proxy, linkerd/app/inbound/src/policy/tcp.rs, `check_authorized`; linkerd/app/inbound/src/detect.rs.
 */
export function takesRequestsOnly({
  protocol,
}: Pick<InboundPolicy, 'protocol'>): boolean {
  return NAMES[protocol] !== undefined;
}

/** Why a connection that is not HTTP is refused: the protocol that the Server has. */
export function noRequests({ protocol, reasons }: InboundPolicy): Reason[] {
  const [server, ...more] = reasons;
  return [
    {
      ...server,
      rule: 'linkerd/inbound-authorization',
      text: `The port is one for ${NAMES[protocol]} only: connections that are not HTTP are refused, whoever may call`,
      ...(server?.object && { field: 'spec.proxyProtocol' }),
    },
    ...more,
  ];
}
