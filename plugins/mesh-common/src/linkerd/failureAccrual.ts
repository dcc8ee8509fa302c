import { parseGoBool } from '../kubernetes/goBool';
import {
  Annotations,
  durationAt,
  isWholeNumber,
  ParsedSettings,
} from './trafficAnnotations';

const MODE = 'balancer.linkerd.io/failure-accrual';
const CONSECUTIVE = 'balancer.linkerd.io/failure-accrual-consecutive';
const SUCCESS_RATE = 'balancer.alpha.linkerd.io/failure-accrual-success-rate';

const HONOR_RETRY_AFTER =
  'balancer.alpha.linkerd.io/failure-accrual-honor-retry-after';

const MAX_U32 = 4_294_967_295;
const MAX_MIN_REQUESTS = 1_000_000;
const MIN_WINDOW_MS = 10;

/**
 * When a client stops sending to an endpoint, and for how long.
 *
 * @public
 */
export interface FailureAccrual {
  mode: 'consecutive' | 'unified';
  maxFailures: number;
  minPenaltyMs: number;
  maxPenaltyMs: number;
  jitterRatio: number;
  /** Whether an endpoint that says when to come back is left alone until then; only in the mode `unified`. */
  honorRetryAfter: boolean;
  /** In the mode `unified`: the share of requests that must succeed; 0 asks for none. */
  successRate?: { threshold: number; windowMs: number; minRequests: number };
}

/** An annotation that is invalid; it voids all of them. */
class InvalidAnnotation extends Error {
  override name = 'InvalidAnnotation';
  readonly annotation: string;

  constructor(annotation: string, message: string) {
    super(message);
    this.annotation = annotation;
  }
}

/**
 * Circuit breaking by the annotations of a Service: none without a mode. Whatever is invalid voids it whole.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `parse_accrual_config`.
 */
export function parseFailureAccrual(
  annotations: Annotations,
): ParsedSettings<FailureAccrual> {
  const mode = annotations[MODE];
  if (mode === undefined) {
    return { settings: undefined };
  }
  if (mode !== 'consecutive' && mode !== 'unified') {
    return {
      annotation: MODE,
      error: `"${mode}" is no mode; it must be consecutive or unified`,
    };
  }
  try {
    return {
      settings: {
        mode,
        ...consecutive(annotations),
        honorRetryAfter: mode === 'unified' && honorsRetryAfter(annotations),
        ...(mode === 'unified' && { successRate: successRate(annotations) }),
      },
    };
  } catch (error) {
    if (error instanceof InvalidAnnotation) {
      return { annotation: error.annotation, error: error.message };
    }
    throw error;
  }
}

function consecutive(
  annotations: Annotations,
): Pick<
  FailureAccrual,
  'maxFailures' | 'minPenaltyMs' | 'maxPenaltyMs' | 'jitterRatio'
> {
  const maxFailures = count(annotations, `${CONSECUTIVE}-max-failures`, 7);
  const maxPenaltyMs = duration(
    annotations,
    `${CONSECUTIVE}-max-penalty`,
    60_000,
  );
  const minPenaltyMs = duration(
    annotations,
    `${CONSECUTIVE}-min-penalty`,
    1_000,
  );
  const jitterRatio = decimal(annotations, `${CONSECUTIVE}-jitter-ratio`, {
    fallback: 0.5,
    largest: 100,
  });
  if (minPenaltyMs > maxPenaltyMs) {
    throw new InvalidAnnotation(
      `${CONSECUTIVE}-min-penalty`,
      `the smallest penalty (${minPenaltyMs} ms) is above the largest (${maxPenaltyMs} ms)`,
    );
  }
  if (maxPenaltyMs === 0) {
    throw new InvalidAnnotation(
      `${CONSECUTIVE}-max-penalty`,
      'the largest penalty cannot be 0',
    );
  }
  return { maxFailures, minPenaltyMs, maxPenaltyMs, jitterRatio };
}

/**
 * Counting consecutive failures alone does not heed it. An annotation that is neither true nor false counts as false,
 * and voids nothing.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `parse_balancer_toggle`.
 */
function honorsRetryAfter(annotations: Annotations): boolean {
  return parseGoBool(annotations[HONOR_RETRY_AFTER]?.trim()) === true;
}

function successRate(
  annotations: Annotations,
): NonNullable<FailureAccrual['successRate']> {
  const threshold = decimal(annotations, `${SUCCESS_RATE}-threshold`, {
    fallback: 0.8,
    largest: 1,
  });
  const windowMs = duration(annotations, `${SUCCESS_RATE}-window`, 10_000);
  const minRequests = count(annotations, `${SUCCESS_RATE}-min-requests`, 5);
  if (windowMs === 0 || (threshold !== 0 && windowMs < MIN_WINDOW_MS)) {
    throw new InvalidAnnotation(
      `${SUCCESS_RATE}-window`,
      `the window (${windowMs} ms) is below ${MIN_WINDOW_MS} ms`,
    );
  }
  if (threshold !== 0 && minRequests > MAX_MIN_REQUESTS) {
    throw new InvalidAnnotation(
      `${SUCCESS_RATE}-min-requests`,
      `${minRequests} is above ${MAX_MIN_REQUESTS}`,
    );
  }
  return { threshold, windowMs, minRequests };
}

function count(
  annotations: Annotations,
  annotation: string,
  fallback: number,
): number {
  const text = annotations[annotation]?.trim();
  if (text === undefined) {
    return fallback;
  }
  if (!isWholeNumber(text, MAX_U32)) {
    throw new InvalidAnnotation(annotation, `"${text}" is no whole number`);
  }
  return Number(text);
}

function duration(
  annotations: Annotations,
  annotation: string,
  fallback: number,
): number {
  const parsed = durationAt(annotations, annotation);
  if (!parsed) {
    return fallback;
  }
  if ('error' in parsed) {
    throw new InvalidAnnotation(
      annotation,
      `"${annotations[annotation]}": ${parsed.error}`,
    );
  }
  return parsed.ms;
}

function decimal(
  annotations: Annotations,
  annotation: string,
  { fallback, largest }: { fallback: number; largest: number },
): number {
  const text = annotations[annotation]?.trim();
  if (text === undefined) {
    return fallback;
  }
  const value = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text)
    ? Number(text)
    : NaN;
  if (!(value >= 0 && value <= largest)) {
    throw new InvalidAnnotation(
      annotation,
      `"${text}" is no number from 0 to ${largest}`,
    );
  }
  return value;
}

/**
 * How the endpoints of a Service are judged by their answers, beside circuit breaking.
 *
 * @public
 */
export interface LoadBias {
  penaltyMs: number;
  maxRetryAfterMs: number;
}

const BIAS = 'balancer.alpha.linkerd.io/';
const LONGEST_PENALTY_MS = MAX_U32;

/**
 * Whether the balancer counts failures and refusals of an endpoint as slow answers.
 *
 * Upstream: policy-controller/k8s/index/src/outbound/index.rs, `parse_load_biaser_config`.
 */
export function parseLoadBias(
  annotations: Annotations,
): ParsedSettings<LoadBias> {
  const annotation = `${BIAS}penalize-failures`;
  const text = annotations[annotation]?.trim();
  const isOn = parseGoBool(text);
  if (text === undefined || isOn === false) {
    return { settings: undefined };
  }
  if (!isOn) {
    return { annotation, error: `"${text}" is neither true nor false` };
  }
  try {
    const penaltyMs = duration(
      annotations,
      `${BIAS}load-biaser-penalty`,
      5_000,
    );
    if (penaltyMs > LONGEST_PENALTY_MS) {
      return {
        annotation: `${BIAS}load-biaser-penalty`,
        error: 'it is longer than 49 days',
      };
    }
    return {
      settings: {
        penaltyMs,
        maxRetryAfterMs: duration(
          annotations,
          `${BIAS}load-biaser-max-retry-after`,
          300_000,
        ),
      },
    };
  } catch (error) {
    if (error instanceof InvalidAnnotation) {
      return { annotation: error.annotation, error: error.message };
    }
    throw error;
  }
}
