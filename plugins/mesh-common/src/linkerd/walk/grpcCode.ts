import { WalkStep } from '../../contract/walk';
import { GRPC_ROUTE_KIND } from '../linkerdRoutes';

const UNKNOWN = 2;
const FAILED_PRECONDITION = 9;

const CODES: Readonly<Record<number, number>> = {
  403: 7,
  404: 5,
  429: 8,
  500: 13,
  502: 14,
  503: 14,
  504: 4,
  508: 10,
};

/**
 * What Linkerd's proxies say in `grpc-status` for a status of HTTP. A route that answers by itself (since a backend is not there,
 * or an EgressNetwork lets nothing out) fails by its precondition; of a GRPCRoute the controller writes the status of HTTP
 * where that of gRPC belongs, which is none that gRPC knows.
 *
 * Upstream: linkerd2-proxy, linkerd/app/core/src/errors/respond.rs, `SyntheticHttpResponse`;
 * linkerd/app/outbound/src/http/server.rs, `ServerRescue`; policy-controller/grpc/src/outbound/grpc.rs.
 */
export function linkerdGrpcCode(
  status: number,
  step: WalkStep | undefined,
): number {
  const isByRoute =
    (step?.step === 'route' || step?.step === 'destination') &&
    (status === 403 || status === 500);
  if (!isByRoute) {
    return CODES[status] ?? UNKNOWN;
  }
  return step.reasons.some(({ object }) => object?.kind === GRPC_ROUTE_KIND)
    ? UNKNOWN
    : FAILED_PRECONDITION;
}
