const UNKNOWN = 2;

const CODES: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};

/**
 * What Envoy says in `grpc-status` for a status of HTTP.
 *
 * Upstream: Envoy source/common/grpc/status.cc, `Utility::httpToGrpcStatus`.
 */
export function envoyGrpcCode(status: number): number {
  return CODES[status] ?? UNKNOWN;
}
