import { RouteRetries, SlowTries } from '../../contract/routing';
import { durationWords } from '../../mesh/durationWords';

/** What makes a try that took too long one that is retried; a 504 by code does not. */
const RETRIES_SLOW: ReadonlySet<string> = new Set([
  '5xx',
  'gateway-error',
  'reset',
]);

/** Whether retries are made after a try that took too long. */
export function retriesSlow(on: readonly string[]): boolean {
  return on.some(condition => RETRIES_SLOW.has(condition));
}

type Retries = Pick<RouteRetries, 'attempts' | 'perTryTimeoutMs' | 'on'>;

/**
 * What timeout and retries of a rule come to together when the server is slow. The timeout is for all tries; a
 * try is cut by its own timeout, which only counts where it is the shorter one, and is then retried only on
 * `5xx`, `gateway-error` or `reset`. Between tries there is a pause that doubles from 25 ms to at most 250 ms
 * (or from what `backoff` says), which is left out here.
 *
 * Upstream: Envoy source/common/router/router.cc, `FilterUtility::finalTimeout`, `onPerTryTimeoutCommon`;
 * measured on Istio 1.31.
 */
export function slowTries(
  timeoutMs: number | undefined,
  retries: Retries,
): SlowTries {
  const { attempts, perTryTimeoutMs, on } = retries;
  const perTry =
    perTryTimeoutMs && perTryTimeoutMs < (timeoutMs ?? Infinity)
      ? perTryTimeoutMs
      : undefined;
  if (attempts === 0 || perTry === undefined) {
    return oneTry(timeoutMs, retries);
  }
  if (!retriesSlow(on)) {
    return {
      worstCaseMs: perTry,
      text: `If the first try is slow, it is cut after ${durationWords(
        perTry,
      )} and not retried: that needs 5xx, gateway-error or reset among the conditions`,
    };
  }
  return allTries(timeoutMs, perTry, attempts);
}

/** Nothing but the timeout of the whole request cuts a try. */
function oneTry(
  timeoutMs: number | undefined,
  { attempts, perTryTimeoutMs }: Retries,
): SlowTries {
  if (timeoutMs === undefined) {
    return {
      text: 'Nothing cuts a slow try: the request takes as long as the server does, or the caller waits',
    };
  }
  const timeout = durationWords(timeoutMs);
  if (attempts === 0) {
    return {
      worstCaseMs: timeoutMs,
      text: `If the server is slow, the request fails after ${timeout}`,
    };
  }
  const ignored = perTryTimeoutMs
    ? ` (the ${durationWords(
        perTryTimeoutMs,
      )} for each try do not count: they are not less)`
    : '';
  return {
    worstCaseMs: timeoutMs,
    text: `If the first try is slow, the timeout ends the request after ${timeout}${ignored}: no retry starts`,
  };
}

function allTries(
  timeoutMs: number | undefined,
  perTry: number,
  attempts: number,
): SlowTries {
  const each = durationWords(perTry);
  const wanted = (attempts + 1) * perTry;
  if (timeoutMs === undefined || wanted <= timeoutMs) {
    return {
      worstCaseMs: wanted,
      text: `If every try is slow, the request fails after ${
        attempts + 1
      } tries of ${each}, ${durationWords(wanted)} and the pauses between them`,
    };
  }
  // The last try that starts before the timeout; one that would start with it does not.
  const last = Math.ceil(timeoutMs / perTry) - 1;
  const left = timeoutMs - last * perTry;
  const parts = [
    left < perTry && `retry ${last} is cut after ${durationWords(left)}`,
    last < attempts &&
      `${nameOf(last + 1, attempts)} never ${
        last + 1 === attempts ? 'starts' : 'start'
      }`,
  ].filter(Boolean);
  return {
    worstCaseMs: timeoutMs,
    text: `If every try is slow, ${parts.join(
      ', ',
    )}: the request fails after ${durationWords(timeoutMs)}`,
  };
}

function nameOf(first: number, last: number): string {
  return first === last ? `retry ${first}` : `retries ${first}-${last}`;
}
