import { CanaryNext, CanaryState } from '../contract/canary';
import { goDurationMs } from '../kubernetes/goDuration';
import { FlaggerCanary } from './objects';

const DEFAULT_INTERVAL_MS = 60_000;
const SHORTEST_INTERVAL_MS = 10_000;
const TOTAL = 100;

/** How a Canary of Flagger tries a new version. */
export type FlaggerStrategy = CanaryState['strategy'];

type Analysis = NonNullable<NonNullable<FlaggerCanary['spec']>['analysis']>;

function analysisOf({ spec }: FlaggerCanary): Analysis {
  return spec?.analysis ?? {};
}

/** `kubernetes` knows no shares: without iterations it makes ten. */
function iterationsOf(canary: FlaggerCanary): number {
  const { iterations = 0 } = analysisOf(canary);
  return canary.spec?.provider === 'kubernetes' && iterations < 1
    ? 10
    : iterations;
}

/**
 * With iterations it is an A/B test where conditions are given too, and blue-green otherwise; else a canary.
 *
 * Upstream: flagger pkg/controller/scheduler.go, `advanceCanary`.
 */
export function flaggerStrategy(canary: FlaggerCanary): FlaggerStrategy {
  if (iterationsOf(canary) < 1) {
    return 'canary';
  }
  const isByMatch =
    (analysisOf(canary).match ?? []).length > 0 &&
    canary.spec?.provider !== 'kubernetes';
  return isByMatch ? 'ab-test' : 'blue-green';
}

/**
 * How often Flagger measures: a minute where no interval is given (or none that can be read), ten seconds at least.
 *
 * Upstream: flagger pkg/apis/flagger/v1beta1/canary.go, `GetAnalysisInterval`.
 */
export function intervalMs(canary: FlaggerCanary): number {
  const { interval = '' } = analysisOf(canary);
  const ms = interval === '' ? undefined : goDurationMs(interval);
  return ms === undefined || !Number.isFinite(ms)
    ? DEFAULT_INTERVAL_MS
    : Math.max(ms, SHORTEST_INTERVAL_MS);
}

/** How many failed measurements end it. Upstream: `GetAnalysisThreshold`. */
export function thresholdOf(canary: FlaggerCanary): number {
  const { threshold = 0 } = analysisOf(canary);
  return threshold > 0 ? threshold : 1;
}

/** No analysis, and the new version has everything as soon as it is ready. Upstream: `SkipAnalysis`. */
export function skipsAnalysis({ spec }: FlaggerCanary): boolean {
  return spec?.analysis === undefined || spec.skipAnalysis === true;
}

/**
 * The share from which on the new version is promoted.
 *
 * Upstream: flagger pkg/controller/scheduler.go, `maxWeight`.
 */
function maxWeight({ stepWeights = [], maxWeight: max = 0 }: Analysis): number {
  const last = stepWeights[stepWeights.length - 1];
  if (last !== undefined) {
    return Math.min(TOTAL, last);
  }
  return max > 0 ? max : TOTAL;
}

/**
 * The share after one more step; undefined where no further one is made. `stepWeight` counts before `stepWeights`.
 *
 * Upstream: flagger pkg/controller/scheduler.go, `nextStepWeight`, `runCanary`.
 */
function weightAfter(analysis: Analysis, weight: number): number | undefined {
  const { stepWeight = 0, stepWeights = [] } = analysis;
  if (weight >= maxWeight(analysis)) {
    return undefined;
  }
  if (stepWeight >= 1) {
    return Math.min(TOTAL, weight + stepWeight);
  }
  if (stepWeights.length === 0) {
    return undefined;
  }
  const index = weight === 0 ? 0 : stepWeights.indexOf(weight) + 1;
  const next = index > 0 || weight === 0 ? stepWeights[index] : undefined;
  return Math.min(TOTAL, next ?? TOTAL);
}

/** How far it is: shares that were given, or rounds that were measured, of how many. */
export function flaggerStep(canary: FlaggerCanary): CanaryState['step'] {
  const analysis = analysisOf(canary);
  const { canaryWeight = 0, iterations = 0 } = canary.status ?? {};
  const rounds = iterationsOf(canary);
  if (rounds > 0) {
    return { number: between(iterations, rounds), count: rounds };
  }
  const { stepWeight = 0, stepWeights = [] } = analysis;
  if (stepWeight >= 1) {
    const count = Math.ceil(maxWeight(analysis) / stepWeight);
    return {
      number: between(Math.ceil(canaryWeight / stepWeight), count),
      count,
    };
  }
  return stepWeights.length > 0
    ? {
        number: stepWeights.filter(weight => weight <= canaryWeight).length,
        count: stepWeights.length,
      }
    : undefined;
}

function between(number: number, count: number): number {
  return Math.max(0, Math.min(number, count));
}

/** What Flagger does if the next measurement is good. */
export function flaggerNext(canary: FlaggerCanary): CanaryNext {
  const { phase } = canary.status ?? {};
  const afterMs = intervalMs(canary);
  if (canary.spec?.suspend) {
    return { text: 'it goes on', waitsFor: 'person' };
  }
  if (phase === 'Waiting') {
    return { text: 'the new version gets requests', waitsFor: 'person' };
  }
  if (phase === 'WaitingPromotion') {
    return { text: 'promotion', waitsFor: 'person' };
  }
  if (phase === 'Promoting' || phase === 'Finalising') {
    return {
      text: 'all requests go to the primary, which runs the new version',
      waitsFor: 'pods',
    };
  }
  if (flaggerStrategy(canary) !== 'canary') {
    const { iterations = 0 } = canary.status ?? {};
    return {
      text:
        iterations < iterationsOf(canary) ? 'another measurement' : 'promotion',
      waitsFor: 'analysis',
      afterMs,
    };
  }
  const percent = weightAfter(
    analysisOf(canary),
    canary.status?.canaryWeight ?? 0,
  );
  return {
    ...(percent !== undefined && { percent }),
    text: percent === undefined ? 'promotion' : `${percent} %`,
    waitsFor: 'analysis',
    afterMs,
  };
}
