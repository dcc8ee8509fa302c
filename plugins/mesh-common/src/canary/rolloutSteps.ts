import { CanaryNext } from '../contract/canary';
import { goDurationMs } from '../kubernetes/goDuration';
import { Rollout, RolloutStep } from './objects';
import { clampPercent } from './routedShares';

/**
 * A weight of a Rollout as a share of all requests.
 *
 * Upstream: argo-rollouts utils/weightutil, `MaxTrafficWeight`.
 */
export function weightPercent({ spec }: Rollout, weight: number): number {
  const max = spec?.strategy?.canary?.trafficRouting?.maxTrafficWeight ?? 100;
  return clampPercent((100 * weight) / (max >= 1 ? max : 100));
}

/** The steps of a Rollout, and the one that it is at: their number where all are done. */
export function stepsOf({ spec, status }: Rollout): {
  steps: readonly RolloutStep[];
  index: number;
} {
  const steps = spec?.strategy?.canary?.steps ?? [];
  const index = Math.min(
    Math.max(Math.trunc(status?.currentStepIndex ?? 0), 0),
    steps.length,
  );
  return { steps, index };
}

/** A step as Argo Rollouts writes it, by its field and value. */
export function stepText(step: RolloutStep): string {
  if (step.setWeight !== undefined) {
    return `setWeight ${step.setWeight}`;
  }
  if (step.pause) {
    const { duration } = step.pause;
    return duration === undefined ? 'pause' : `pause ${durationText(duration)}`;
  }
  const named = step.plugin ?? step.setHeaderRoute ?? step.setMirrorRoute;
  const [field] = Object.keys(step);
  return [field, named?.name].filter(Boolean).join(' ');
}

function durationText(duration: number | string): string {
  return /^\d+$/.test(String(duration)) ? `${duration}s` : String(duration);
}

/**
 * How long a pause takes: a number (or the text of one) is seconds, other text is a duration of Go. Undefined where it
 * is neither, which the controller takes for an error.
 *
 * Upstream: argo-rollouts pkg/apis/rollouts/v1alpha1/types.go, `RolloutPause.DurationSeconds`.
 */
export function pauseMs(duration: number | string): number | undefined {
  const ms = /^\d+$/.test(String(duration))
    ? Number(duration) * 1_000
    : goDurationMs(String(duration));
  return ms !== undefined && Number.isFinite(ms) ? ms : undefined;
}

/**
 * The weight of the step that a Rollout is at: that of the last `setWeight` up to it, everything after the last step.
 *
 * Upstream: argo-rollouts utils/replicaset/canary.go, `GetCurrentSetWeight`.
 */
export function stepPercent(rollout: Rollout): number {
  const { steps, index } = stepsOf(rollout);
  if (rollout.status?.abort) {
    return 0;
  }
  if (index >= steps.length) {
    return 100;
  }
  const set = steps
    .slice(0, index + 1)
    .flatMap(({ setWeight }) => setWeight ?? [])
    .pop();
  return set === undefined ? 0 : weightPercent(rollout, set);
}

/** When a pause that has begun ends. */
export function pauseEnd(
  { status }: Rollout,
  reason: string,
  afterMs: number,
): string | undefined {
  const begun = status?.pauseConditions?.find(
    condition => condition.reason === reason,
  )?.startTime;
  const end = new Date(
    (begun === undefined ? NaN : Date.parse(begun)) + afterMs,
  );
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

/**
 * What a Rollout does after the step that it is at, or in it where its weight is not set yet, and what that waits for.
 *
 * Upstream: argo-rollouts rollout/canary.go, `completedCurrentCanaryStep`.
 */
export function nextStep(rollout: Rollout): CanaryNext {
  const { steps, index } = stepsOf(rollout);
  const current = stepPercent(rollout);
  const set = rollout.status?.canary?.weights?.canary?.weight;
  const isSet =
    set === undefined || Math.abs(weightPercent(rollout, set) - current) < 0.5;
  if (index >= steps.length) {
    return {
      ...(!isSet && { percent: current }),
      text: 'the new version takes the place of the old one',
      waitsFor: 'pods',
    };
  }
  if (!isSet && steps[index].setWeight !== undefined) {
    return {
      percent: current,
      text: stepText(steps[index]),
      waitsFor: 'pods',
    };
  }
  const following = steps
    .slice(index + 1)
    .flatMap(({ setWeight }) => setWeight ?? [])[0];
  return {
    percent: following === undefined ? 100 : weightPercent(rollout, following),
    text: following === undefined ? 'promotion' : `setWeight ${following}`,
    ...waitOf(rollout, steps[index]),
  };
}

function waitOf(
  rollout: Rollout,
  step: RolloutStep,
): Pick<CanaryNext, 'waitsFor' | 'afterMs' | 'at'> {
  const isStopped =
    rollout.spec?.paused ||
    rollout.status?.pauseConditions?.some(({ reason }) =>
      reason?.startsWith('Inconclusive'),
    );
  if (isStopped) {
    return { waitsFor: 'person' };
  }
  if (step.pause) {
    const afterMs =
      step.pause.duration === undefined
        ? undefined
        : pauseMs(step.pause.duration);
    if (afterMs === undefined) {
      return { waitsFor: 'person' };
    }
    const at = pauseEnd(rollout, 'CanaryPauseStep', afterMs);
    return { waitsFor: 'time', afterMs, ...(at && { at }) };
  }
  if (step.analysis || step.experiment) {
    return { waitsFor: 'analysis' };
  }
  return {
    waitsFor:
      step.setWeight !== undefined || step.setCanaryScale
        ? 'pods'
        : 'controller',
  };
}
