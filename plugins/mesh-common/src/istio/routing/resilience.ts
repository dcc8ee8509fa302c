import { RouteRetries, RouteRule, RouteTimeout } from '../../contract/routing';
import { Reason } from '../../contract/common';
import { goDurationMs } from '../../kubernetes/goDuration';
import { MeshSnapshot } from '../../snapshot/MeshSnapshot';
import { MeshConfig, settingReason } from '../meshConfig';
import { HttpRoute } from '../objects';
import { objectReason, RouteObject } from './source';
import { retryPlaces } from './retryPlaces';

const RULE = 'istio/retries';

/** What Istio retries where nothing is written: no status code is among it, so that a 503 is not retried. */
export const DEFAULT_RETRY_ON: readonly string[] = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
  'retriable-status-codes',
];
const DEFAULT_ATTEMPTS = 2;

type Written = RouteObject & { field: string };

/**
 * The retries of a rule: its own, else the mesh's `defaultHttpRetryPolicy`, else Istio's default of two tries
 * after failed connections. 0 attempts mean none.
 *
 * Upstream: pilot/pkg/networking/core/route/retry/retry.go, `ConvertPolicy`.
 */
export function retriesOf(
  snapshot: MeshSnapshot,
  http: HttpRoute,
  written: Written,
  config: MeshConfig,
): RouteRetries {
  if (http.retries) {
    return convert(http.retries, [
      objectReason(
        snapshot,
        written,
        RULE,
        'The rule says how often and when to retry',
        fieldOf(written, 'retries', 'retry'),
      ),
    ]);
  }
  return defaultRetries(snapshot, config);
}

/** The retries of requests that no rule says anything about. */
export function defaultRetries(
  snapshot: MeshSnapshot,
  config: MeshConfig,
): RouteRetries {
  return config.defaultHttpRetryPolicy
    ? convert(config.defaultHttpRetryPolicy, [
        settingReason(
          snapshot,
          config,
          'defaultHttpRetryPolicy',
          'The mesh has a default for retries',
        ),
      ])
    : convert({ attempts: DEFAULT_ATTEMPTS }, [
        {
          rule: RULE,
          text: "Default of Istio: two retries where the connection failed; 'retriable-status-codes' comes without any code, so that a 503 is not retried",
        },
      ]);
}

/**
 * The timeout of a rule. There is none by default.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `setTimeout`.
 */
export function timeoutOf(
  snapshot: MeshSnapshot,
  { timeout }: HttpRoute,
  written: Written,
): RouteTimeout | undefined {
  const ms = timeout === undefined ? undefined : goDurationMs(timeout);
  return ms
    ? {
        ms,
        reasons: [
          objectReason(
            snapshot,
            written,
            'istio/timeout',
            'The rule sets a timeout',
            fieldOf(written, 'timeout', 'timeouts'),
          ),
        ],
      }
    : undefined;
}

/**
 * The faults that a rule injects. A fault without percentage is injected into nothing, whatever its
 * documentation says, and there is none of an abort that says no status.
 *
 * Upstream: pilot/pkg/networking/core/route/route.go, `TranslateFault`.
 */
export function faultOf({ fault }: HttpRoute): RouteRule['fault'] {
  const delay = fault?.delay;
  const { httpStatus, grpcStatus } = fault?.abort ?? {};
  const abort =
    httpStatus === undefined && !grpcStatus ? undefined : fault?.abort;
  const ms =
    delay?.fixedDelay === undefined
      ? undefined
      : goDurationMs(delay.fixedDelay);
  if (ms === undefined && !abort) {
    return undefined;
  }
  return {
    ...(ms !== undefined && {
      delay: { ms, percent: delay?.percentage?.value ?? delay?.percent ?? 0 },
    }),
    ...(abort && {
      abort: {
        ...(httpStatus !== undefined && { httpStatus }),
        ...(grpcStatus && { grpcStatus }),
        percent: abort.percentage?.value ?? 0,
      },
    }),
  };
}

function convert(
  {
    attempts = 0,
    perTryTimeout,
    retryOn,
    ...places
  }: NonNullable<HttpRoute['retries']>,
  reasons: Reason[],
): RouteRetries {
  if (attempts <= 0) {
    return { attempts: 0, on: [], reasons };
  }
  const perTryTimeoutMs =
    perTryTimeout === undefined ? undefined : goDurationMs(perTryTimeout);
  return {
    attempts,
    ...(perTryTimeoutMs !== undefined && { perTryTimeoutMs }),
    on: retryOn
      ? retryOn
          .split(',')
          .map(part => part.trim())
          .filter(part => part !== '')
      : [...DEFAULT_RETRY_ON],
    reasons: [
      ...reasons,
      ...retryPlaces(places).map(text => ({
        rule: RULE,
        text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
      })),
    ],
  };
}

function fieldOf(
  { kind, field }: Written,
  virtualService: string,
  gatewayApi: string,
): string {
  return `${field}.${
    kind === 'networking.istio.io/VirtualService' ? virtualService : gatewayApi
  }`;
}
