import { ParsedDuration, parseAnnotationDuration } from './durations';

export type Annotations = Readonly<Record<string, string>>;

/** Settings that annotations make together, or the one of them that is invalid and voids them all. */
export type ParsedSettings<T> =
  | { settings: T | undefined }
  | { annotation: string; error: string };

/** Retries as annotations of a Service or a route set them. */
export interface RetrySettings {
  limit: number;
  /** What is retried, in the words of the annotation; none: only what takes longer than `timeoutMs`. */
  on: string[];
  /** A try that takes longer is given up, and retried. */
  timeoutMs?: number;
  annotations: string[];
}

const LIMIT = 'retry.linkerd.io/limit';
const RETRY_TIMEOUT = 'retry.linkerd.io/timeout';
const CONDITIONS = {
  http: 'retry.linkerd.io/http',
  grpc: 'retry.linkerd.io/grpc',
} as const;

const MAX_LIMIT = 65_535;

const GRPC_CONDITIONS = [
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

/**
 * Retries by the annotations `retry.linkerd.io/*`, for HTTP or gRPC. A limit of 0 and a timeout of 0 count as
 * not written; where nothing is written there are no retries, else one unless the limit says more. The proxy gets
 * conditions of HTTP as they are listed, those of gRPC once each.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index/{http,grpc}.rs, `parse_{http,grpc}_retry`.
 */
export function parseRetry(
  annotations: Annotations,
  protocol: 'http' | 'grpc',
): ParsedSettings<RetrySettings> {
  const conditionsKey = CONDITIONS[protocol];
  const limit = annotations[LIMIT];
  if (limit !== undefined && !isWholeNumber(limit, MAX_LIMIT)) {
    return {
      annotation: LIMIT,
      error: `${limit} is no number from 0 to ${MAX_LIMIT}`,
    };
  }
  const timeout = durationAt(annotations, RETRY_TIMEOUT);
  if (timeout && 'error' in timeout) {
    return { annotation: RETRY_TIMEOUT, error: timeout.error };
  }
  const on = annotations[conditionsKey]?.split(',');
  const isCondition = protocol === 'http' ? isHttpCondition : isGrpcCondition;
  const wrong = on?.find(condition => !isCondition(condition));
  if (wrong !== undefined) {
    return {
      annotation: conditionsKey,
      error:
        protocol === 'http'
          ? `"${wrong}" is none of 5xx, gateway-error, a status code, a range of status codes`
          : `"${wrong}" is none of ${GRPC_CONDITIONS.join(', ')}`,
    };
  }
  const conditions = (on ?? []).map(condition => condition.toLowerCase());
  const count = Number(limit ?? 0);
  const timeoutMs = timeout?.ms || undefined;
  if (count === 0 && timeoutMs === undefined && !on) {
    return { settings: undefined };
  }
  return {
    settings: {
      limit: count || 1,
      on: protocol === 'http' ? conditions : [...new Set(conditions)],
      ...(timeoutMs !== undefined && { timeoutMs }),
      annotations: [conditionsKey, LIMIT, RETRY_TIMEOUT].filter(
        key => annotations[key] !== undefined,
      ),
    },
  };
}

function isHttpCondition(text: string): boolean {
  if (/^(?:5xx|gateway-error)$/i.test(text)) {
    return true;
  }
  const [from, to = from, ...rest] = text.split('-');
  return (
    rest.length === 0 &&
    isStatus(from) &&
    isStatus(to) &&
    Number(from) <= Number(to)
  );
}

function isStatus(text: string): boolean {
  return /^\+?\d+$/.test(text) && Number(text) >= 100 && Number(text) <= 599;
}

function isGrpcCondition(text: string): boolean {
  return GRPC_CONDITIONS.includes(text.toLowerCase());
}

/** Whether a text is a whole number up to a largest one, as Rust reads it. */
export function isWholeNumber(text: string, largest: number): boolean {
  return /^\+?\d+$/.test(text) && Number(text) <= largest;
}

/** The timeouts of a request, in milliseconds. */
export interface TimeoutSettings {
  request?: number;
  response?: number;
  idle?: number;
}

const TIMEOUTS = ['request', 'response', 'idle'] as const;

/**
 * Timeouts by the annotations `timeout.linkerd.io/*`; none where none of them is written.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `parse_timeouts`.
 */
export function parseTimeouts(
  annotations: Annotations,
): ParsedSettings<TimeoutSettings> {
  const settings: TimeoutSettings = {};
  for (const name of TIMEOUTS) {
    const annotation = `timeout.linkerd.io/${name}`;
    const parsed = durationAt(annotations, annotation);
    if (parsed && 'error' in parsed) {
      return { annotation, error: parsed.error };
    }
    if (parsed) {
      settings[name] = parsed.ms;
    }
  }
  return {
    settings: Object.keys(settings).length > 0 ? settings : undefined,
  };
}

/** A duration in an annotation; undefined where it is not written. */
export function durationAt(
  annotations: Annotations,
  annotation: string,
): ParsedDuration | undefined {
  const text = annotations[annotation];
  return text === undefined ? undefined : parseAnnotationDuration(text);
}
