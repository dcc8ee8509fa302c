import { Reason } from '../../contract/common';
import { WalkStep } from '../../contract/walk';
import { durationWords } from '../../mesh/durationWords';
import { ProxyCluster } from '../cluster/cluster';
import { EJECTION_DEFAULTS, ejectsAfter } from '../cluster/outlierDetection';
import { slowTries } from '../routing/slowTries';
import { OutboundAnswer, TakenRule } from './call';
import { takenReason } from './routeStep';
import { step } from '../../mesh/walk/steps';
import { Way } from './way';

const RULE = 'istio/walk/resilience';

/**
 * What holds while the request is on its way: the timeout and the retries of its route together, and when an
 * endpoint is taken out. A request that is refused as it is configured is refused at each try.
 */
export function resilienceStep(
  way: Way,
  { timeoutMs, retries, by }: OutboundAnswer,
  cluster: ProxyCluster | undefined,
): WalkStep | undefined {
  const isHttp = way.reading === 'http';
  const parts = [
    ...(isHttp ? requestParts(timeoutMs, retries) : []),
    ...ejection(cluster),
    ...limits(cluster),
  ];
  const reasons: Reason[] = [
    ...(isHttp && by ? writtenParts(way, by, { timeoutMs, retries }) : []),
    ...(isHttp && retries?.isDefault
      ? [
          {
            rule: RULE,
            text: 'Nothing is written about retries: they are as the mesh has them by default',
          },
        ]
      : []),
    ...(cluster?.outlierDetection?.reasons ?? []),
  ];
  return parts.length > 0
    ? step('resilience', 'ok', parts.join('; '), reasons)
    : undefined;
}

/** What the rule that is taken says of both, under the names that its kind has for them. */
function writtenParts(
  { snapshot }: Way,
  by: TakenRule,
  { timeoutMs, retries }: Pick<OutboundAnswer, 'timeoutMs' | 'retries'>,
): Reason[] {
  const names =
    by.kind === 'networking.istio.io/VirtualService'
      ? { timeout: 'timeout', retries: 'retries' }
      : { timeout: 'timeouts', retries: 'retry' };
  return [
    ...(timeoutMs === undefined
      ? []
      : [
          takenReason(
            snapshot,
            by,
            RULE,
            'The rule that is taken sets the timeout',
            names.timeout,
          ),
        ]),
    ...(retries?.isDefault
      ? []
      : [
          takenReason(
            snapshot,
            by,
            RULE,
            'The rule that is taken sets the retries',
            names.retries,
          ),
        ]),
  ];
}

function requestParts(
  timeoutMs: number | undefined,
  retries: OutboundAnswer['retries'],
): string[] {
  const timeout =
    timeoutMs === undefined
      ? 'no timeout'
      : `timeout ${durationWords(timeoutMs)}`;
  if (!retries || retries.attempts === 0) {
    return [timeout, 'no retries'];
  }
  const { attempts, perTryTimeoutMs, on, codes, isDefault, places } = retries;
  const each =
    perTryTimeoutMs === undefined
      ? ''
      : ` of ${durationWords(perTryTimeoutMs)}`;
  const times = attempts === 1 ? '1 retry' : `${attempts} retries`;
  const conditions = [...on, ...codes].join(', ');
  return [
    timeout,
    `${times}${each}${isDefault ? ' by default' : ''} on ${conditions}`,
    ...places,
    withLowerStart(
      slowTries(timeoutMs, { attempts, perTryTimeoutMs, on: [...on] }).text,
    ),
  ];
}

/** A sentence as a part of another. */
function withLowerStart(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function ejection(cluster: ProxyCluster | undefined): string[] {
  const detection = cluster?.outlierDetection;
  return detection
    ? [
        `an endpoint is taken out for ${durationWords(
          detection.baseEjectionTimeMs ?? EJECTION_DEFAULTS.baseEjectionTimeMs,
        )} after ${ejectsAfter(detection)}`,
      ]
    : [];
}

function limits(cluster: ProxyCluster | undefined): string[] {
  const pool = cluster?.connections.pool;
  const { maxConnections, http1MaxPendingRequests, http2MaxRequests } =
    pool ?? {};
  const words: [number | undefined, string][] = [
    [maxConnections, 'connections'],
    [http1MaxPendingRequests, 'waiting requests'],
    [http2MaxRequests, 'requests at once'],
  ];
  const set = words.flatMap(([limit, what]) =>
    limit === undefined ? [] : [`${limit} ${what}`],
  );
  return set.length > 0 ? [`at most ${set.join(', ')}`] : [];
}
