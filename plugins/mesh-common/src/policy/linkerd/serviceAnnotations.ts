import { PolicyItem } from '../checklistItems';
import { durationMs, PolicyIntent } from '../intent';

/** Settings of callers' proxies that a Service carries in annotations. */
export interface ServiceAnnotations {
  annotations: Record<string, string>;
  satisfies: PolicyItem[];
}

/** The longest that an endpoint which keeps failing is left out; Linkerd's own default. */
const MAX_PENALTY = '60s';

const RETRIED = {
  http: { 'retry.linkerd.io/http': '5xx' },
  grpc: { 'retry.linkerd.io/grpc': 'unavailable,resource-exhausted' },
};

/**
 * Timeouts, retries and failure accrual, which are annotations of the Service. One invalid value voids its
 * whole group, so that each is written as the policy controller reads it. Of TCP there is none of them.
 */
export function serviceAnnotations(intent: PolicyIntent): ServiceAnnotations {
  const { protocol, port, resilience } = intent;
  if (protocol === 'tcp') {
    return {
      annotations: { 'config.linkerd.io/opaque-ports': String(port) },
      satisfies: [],
    };
  }
  const { timeout, retries, circuitBreaker } = resilience;
  const annotations: Record<string, string> = {};
  const satisfies: PolicyItem[] = [];
  if (timeout) {
    annotations['timeout.linkerd.io/request'] = timeout;
  }
  if (retries?.idempotent) {
    Object.assign(annotations, RETRIED[protocol]);
    annotations['retry.linkerd.io/limit'] = String(retries.attempts);
    if (retries.perTryTimeout) {
      annotations['retry.linkerd.io/timeout'] = retries.perTryTimeout;
    }
    satisfies.push('retryPolicies');
    if (timeout) {
      satisfies.push('timeoutsAndRetries');
    }
  }
  if (circuitBreaker) {
    const { consecutiveErrors, ejectionTime } = circuitBreaker;
    annotations['balancer.linkerd.io/failure-accrual'] = 'consecutive';
    annotations[
      'balancer.linkerd.io/failure-accrual-consecutive-max-failures'
    ] = String(consecutiveErrors);
    annotations['balancer.linkerd.io/failure-accrual-consecutive-min-penalty'] =
      ejectionTime;
    annotations['balancer.linkerd.io/failure-accrual-consecutive-max-penalty'] =
      durationMs(ejectionTime) > durationMs(MAX_PENALTY)
        ? ejectionTime
        : MAX_PENALTY;
    satisfies.push('circuitBreakers');
  }
  return { annotations, satisfies };
}

/** What of the resilience that is wanted Linkerd does not do. */
export function resilienceNotes({
  protocol,
  resilience,
}: PolicyIntent): string[] {
  const { timeout, retries, circuitBreaker, maxConnections } = resilience;
  const notes: string[] = [];
  if (protocol === 'tcp' && (timeout || retries || circuitBreaker)) {
    notes.push(
      'Timeout, retries and failure accrual are of requests: for TCP there are none',
    );
  } else if (retries && !retries.idempotent) {
    notes.push(
      'Retries are not written: Linkerd retries what the service answered with an error, which may do twice what was asked for; say that requests are idempotent to have them',
    );
  }
  if (maxConnections) {
    notes.push(
      'The limit of connections is not written: Linkerd has none, it balances requests over the connections that it has',
    );
  }
  return notes;
}
