import { attributeOf } from './reporters/reporter';
import { StoredSpan } from './model';

/** Codes of gRPC that are errors of the server. Upstream: OpenTelemetry's semantic conventions for gRPC. */
const GRPC_SERVER_ERRORS = [2, 4, 12, 13, 14, 15];

/**
 * Whether a span failed: it says so (the tag `error`, the status ERROR), or its status code does. To a client every
 * refusal is a failure, to a server only what is its own fault. Proxies of Linkerd leave the status unset, so that their
 * code alone tells. Upstream: OpenTelemetry's semantic conventions for HTTP and gRPC spans.
 *
 * @public
 */
export function hasFailed(span: StoredSpan): boolean {
  const { error } = span.attributes;
  if (error !== undefined) {
    return String(error) !== 'false';
  }
  if (span.attributes['otel.status_code'] === 'ERROR') {
    return true;
  }
  const http = httpStatus(span);
  const isClient = span.kind === 'client';
  if (http !== undefined && http >= (isClient ? 400 : 500)) {
    return true;
  }
  const grpc = grpcStatus(span);
  return (
    grpc !== undefined &&
    (isClient ? grpc !== 0 : GRPC_SERVER_ERRORS.includes(grpc))
  );
}

/** The HTTP status of a span by the conventions of today or of before. */
export function httpStatus(span: StoredSpan): number | undefined {
  return numberOf(
    attributeOf(span, 'http.response.status_code') ??
      attributeOf(span, 'http.status_code'),
  );
}

function grpcStatus(span: StoredSpan): number | undefined {
  return numberOf(
    attributeOf(span, 'rpc.grpc.status_code') ??
      attributeOf(span, 'grpc.status_code'),
  );
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/**
 * What to ask a store that finds spans by equal tags for, so that together the answers have every trace with a failed
 * span but for unusual codes.
 *
 * @public
 */
export const FAILURE_TAGS: readonly Readonly<Record<string, string>>[] = [
  { error: 'true' },
  ...['500', '502', '503', '504'].map(code => ({
    'http.response.status_code': code,
  })),
];
