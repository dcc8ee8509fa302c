import { WalkAnswer } from '../../contract/walk';

/**
 * What an application is taken to do with each request that comes to it.
 *
 * @public
 */
export interface AssumedServer {
  /** Until it answers. */
  latencyMs: number;
  /** HTTP status of its answer. */
  status: number;
}

/**
 * How the proxies of a mesh try a request again, where meshes differ in it.
 *
 * @public
 */
export interface TryRules {
  /** Whether a try that its own timeout cuts is made again, by what retries are made after. */
  retriesLate(on: readonly string[]): boolean;
  /** Nothing cuts the last try but the timeout of the whole request. */
  lastIsFree: boolean;
  /** The flag of an answer that a timeout gives. */
  lateFlag?: string;
}

/**
 * What becomes of a request that is delivered, if the application does what is assumed.
 *
 * @public
 */
export interface AssumedCourse {
  outcome: 'delivered' | 'timeout';
  status: number;
  flag?: string;
  /** Until the caller has the answer, without the pauses between tries. */
  afterMs: number;
  tries: number;
}

const GATEWAY_TIMEOUT = 504;

/**
 * The course of a request under the timeout and the retries that a walk found: each try ends with the application's answer
 * or is cut by its own timeout, and is made again as long as retries are left that are for that; the timeout of the whole
 * request ends them all. A try whose response is not complete in time ends the request, too. What is injected comes before. Undefined where the request does not come to an application.
 *
 * Upstream: Envoy source/common/router/router.cc, retry_state_impl.cc; linkerd2-proxy,
 * linkerd/app/outbound/src/http/logical/policy/route/retry.rs, linkerd/http/stream-timeouts/src/lib.rs.
 *
 * @public
 */
export function assumedCourse(
  { outcome, timeoutMs, responseTimeoutMs, retries, delay }: WalkAnswer,
  server: AssumedServer,
  rules: TryRules,
): AssumedCourse | undefined {
  if (outcome.value !== 'delivered') {
    return undefined;
  }
  const { attempts = 0, on = [], codes = [] } = retries ?? {};
  const whole = timeoutMs ?? Infinity;
  const injected = delay && delay.percent >= 100 ? delay.ms : 0;
  const late = (tries: number, afterMs: number): AssumedCourse => ({
    outcome: 'timeout',
    status: GATEWAY_TIMEOUT,
    ...(rules.lateFlag && { flag: rules.lateFlag }),
    afterMs: injected + afterMs,
    tries,
  });
  const { latencyMs } = server;
  const perTry = retries?.perTryTimeoutMs ?? Infinity;
  const response = responseTimeoutMs ?? Infinity;
  // What may be tried again has its own limit instead of that of the response.
  const ofTry = perTry < Infinity ? perTry : response;
  const ofLast = rules.lastIsFree ? response : ofTry;
  const ended = (tries: number, start: number, own: number): AssumedCourse => {
    const afterMs = start + Math.min(own, latencyMs);
    if (afterMs >= whole) {
      return late(tries, whole);
    }
    return own <= latencyMs
      ? late(tries, afterMs)
      : {
          outcome: 'delivered',
          status: server.status,
          afterMs: injected + afterMs,
          tries,
        };
  };
  if (attempts === 0) {
    return ended(1, 0, ofLast);
  }
  const isRetried =
    ofTry <= latencyMs
      ? perTry < Infinity && rules.retriesLate(on)
      : retriesStatus(server.status, on, codes);
  if (!isRetried) {
    return ended(1, 0, ofTry);
  }
  // All tries before the last are alike, and there may be very many.
  const took = Math.min(perTry, latencyMs);
  const triesInTime = took === 0 ? Infinity : Math.ceil(whole / took);
  return triesInTime <= attempts
    ? late(triesInTime, whole)
    : ended(attempts + 1, attempts * took, ofLast);
}

/** Conditions by name, and codes or ranges of them. */
function retriesStatus(
  status: number,
  on: readonly string[],
  codes: readonly number[],
): boolean {
  return on.some(condition => {
    const [, from, to = from] = /^(\d{3})(?:-(\d{3}))?$/.exec(condition) ?? [];
    if (from) {
      return status >= Number(from) && status <= Number(to);
    }
    switch (condition) {
      case '5xx':
        return status >= 500;
      case 'gateway-error':
        return status >= 502 && status <= 504;
      case 'retriable-4xx':
        return status === 409;
      case 'retriable-status-codes':
        return codes.includes(status);
      default:
        return false;
    }
  });
}
