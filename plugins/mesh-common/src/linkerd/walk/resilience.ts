import { Reason } from '../../contract/common';
import {
  DestinationPolicy,
  RouteRetries,
  RouteTimeout,
} from '../../contract/routing';
import { WalkStep } from '../../contract/walk';
import { step } from '../../mesh/walk/steps';
import { durationWords } from '../../mesh/durationWords';
import { ClientReading } from './way';

/** What holds while a request is on its way. */
export interface Resilience {
  timeout?: RouteTimeout;
  /** Until the response to a try must be complete. */
  responseMs?: number;
  retries?: RouteRetries;
  breaking?: Pick<DestinationPolicy, 'outlierDetection' | 'reasons'>;
}

/** The timeout and the retries of the route, and when an endpoint is taken out. */
export function resilienceStep(
  reading: ClientReading,
  { timeout, responseMs, retries, breaking }: Resilience,
): WalkStep | undefined {
  if (reading !== 'http') {
    return undefined;
  }
  const detection = breaking?.outlierDetection;
  const parts = [
    timeout ? `timeout ${durationWords(timeout.ms)}` : 'no timeout',
    ...(responseMs === undefined
      ? []
      : [`each response within ${durationWords(responseMs)}`]),
    retries ? retryWords(retries) : 'no retries',
    ...(detection
      ? [
          `an endpoint is taken out ${
            detection.baseEjectionMs === undefined
              ? ''
              : `for at least ${durationWords(detection.baseEjectionMs)} `
          }after ${detection.ejectsAfter}`,
        ]
      : []),
  ];
  const reasons: Reason[] = [
    ...(timeout?.reasons ?? []),
    ...(retries?.reasons ?? []),
    ...(breaking?.reasons ?? []),
  ];
  return step('resilience', 'ok', parts.join('; '), reasons);
}

function retryWords({ attempts, perTryTimeoutMs, on }: RouteRetries): string {
  const times = attempts === 1 ? '1 retry' : `${attempts} retries`;
  const late =
    perTryTimeoutMs === undefined
      ? []
      : [`a try that takes longer than ${durationWords(perTryTimeoutMs)}`];
  const after = [...on, ...late].join(', ');
  return after ? `${times} on ${after}` : times;
}
