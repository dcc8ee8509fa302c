import { Reason } from '../../contract/common';
import { goDurationMs } from '../../kubernetes/goDuration';
import { PortTrafficPolicy } from '../objects';
import { PolicyBlock } from './policyBlock';

type Detection = NonNullable<PortTrafficPolicy['outlierDetection']>;

/**
 * When an endpoint is taken out of a cluster; what is absent is as Envoy has it by default.
 *
 * @public
 */
export interface OutlierDetection {
  consecutive5xxErrors?: number;
  /** Percent of the cases in which it ejects: 100, or 0 where errors are counted only. */
  enforcing5xx?: number;
  consecutiveGatewayErrors?: number;
  /** Failed connections, where they are counted apart. */
  consecutiveLocalOriginFailures?: number;
  intervalMs?: number;
  baseEjectionTimeMs?: number;
  maxEjectionPercent?: number;
  minHealthPercent?: number;
  reasons: Reason[];
}

/** The defaults of Envoy, which count once outlier detection is there at all. */
export const EJECTION_DEFAULTS = {
  consecutive5xxErrors: 5,
  intervalMs: 10_000,
  baseEjectionTimeMs: 30_000,
  maxEjectionPercent: 10,
} as const;

/**
 * Outlier detection as it is written. A counter of 0 counts and never ejects; failures of the connection itself
 * have a counter of their own only where they are split off. Without the block there is none.
 *
 * Upstream: pilot/pkg/networking/core/cluster_traffic_policy.go, `applyOutlierDetection`.
 */
export function outlierDetectionOf({
  value,
  reason,
}: PolicyBlock<Detection>): OutlierDetection {
  const { consecutive5xxErrors, consecutiveGatewayErrors } = value;
  const intervalMs = milliseconds(value.interval);
  const baseEjectionTimeMs = milliseconds(value.baseEjectionTime);
  const local = value.splitExternalLocalOriginErrors
    ? value.consecutiveLocalOriginFailures
    : undefined;
  return {
    ...(consecutive5xxErrors !== undefined && {
      consecutive5xxErrors,
      enforcing5xx: consecutive5xxErrors > 0 ? 100 : 0,
    }),
    ...(consecutiveGatewayErrors !== undefined && { consecutiveGatewayErrors }),
    ...(local && { consecutiveLocalOriginFailures: local }),
    ...(intervalMs !== undefined && { intervalMs }),
    ...(baseEjectionTimeMs !== undefined && { baseEjectionTimeMs }),
    ...(value.maxEjectionPercent && {
      maxEjectionPercent: value.maxEjectionPercent,
    }),
    ...(value.minHealthPercent && { minHealthPercent: value.minHealthPercent }),
    reasons: [reason('Ejection as it says')],
  };
}

/** What an endpoint is ejected for, in words. */
export function ejectsAfter(detection: OutlierDetection): string {
  const counters: [number | undefined, string][] = [
    [
      detection.consecutive5xxErrors ?? EJECTION_DEFAULTS.consecutive5xxErrors,
      '5xx errors',
    ],
    [detection.consecutiveGatewayErrors, 'gateway errors'],
    [detection.consecutiveLocalOriginFailures, 'local failures'],
  ];
  const active = counters.flatMap(([count, what]) =>
    count ? [`${count} ${what}`] : [],
  );
  return active.length > 0
    ? `${active.join(' or ')} in a row`
    : 'nothing: all counters are 0';
}

function milliseconds(text: string | undefined): number | undefined {
  return text === undefined ? undefined : goDurationMs(text);
}
