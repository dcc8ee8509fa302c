import { CanaryState } from '../contract/canary';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Rollout } from './objects';
import { rolloutPhase } from './rolloutPhase';
import { rolloutServices, rolloutSteering } from './rolloutSteering';
import {
  nextStep,
  pauseEnd,
  stepPercent,
  stepsOf,
  stepText,
  weightPercent,
} from './rolloutSteps';
import { refTo } from './routes';
import { weightDifferences } from './weightDifferences';

const KIND = 'argoproj.io/Rollout';

/**
 * What Argo Rollouts does with the workload of a Rollout, as the controller has written it into the status: nothing is
 * predicted of it. Undefined where it has no strategy, with which the controller does nothing.
 *
 * Upstream: argo-rollouts 1.10, pkg/apis/rollouts/v1alpha1/types.go and the packages that the parts name.
 */
export function rolloutState(
  snapshot: MeshSnapshot,
  rollout: Rollout,
): CanaryState | undefined {
  const { canary, blueGreen } = rollout.spec?.strategy ?? {};
  if (!canary && !blueGreen) {
    return undefined;
  }
  const namespace = namespaceOf(rollout);
  const { name } = rollout.metadata;
  const { cluster } = snapshot;
  const phase = rolloutPhase(snapshot, rollout);
  const steering = rolloutSteering(snapshot, rollout);
  const wanted = blueGreen ? undefined : wantedShare(snapshot, rollout);
  const state: Omit<CanaryState, 'differences'> = {
    object: refTo(snapshot, KIND, namespace, name),
    controller: 'argo-rollouts',
    strategy: blueGreen ? 'blue-green' : 'canary',
    workload: { cluster, namespace, kind: 'Rollout', name },
    services: rolloutServices(rollout),
    phase,
    aborted: rollout.status?.abort ?? false,
    ...(isUnderWay(phase) && progress(rollout)),
    ...(wanted && { wanted }),
    steering,
  };
  return { ...state, differences: weightDifferences(state) };
}

/** Whether a new version has, or is about to get, a share of the requests. */
export function isUnderWay({ value }: CanaryState['phase']): boolean {
  return value === 'progressing' || value === 'paused' || value === 'promoting';
}

/**
 * Nothing where no other version is replaced: the first one, and one whose pods become more or fewer.
 *
 * Upstream: argo-rollouts utils/rollout/rolloututil.go, `IsFullyPromoted`.
 */
function progress(rollout: Rollout): Pick<CanaryState, 'step' | 'next'> {
  const { spec, status } = rollout;
  if (!status?.stableRS || status.stableRS === status.currentPodHash) {
    return {};
  }
  if (spec?.strategy?.blueGreen) {
    return { next: blueGreenNext(rollout) };
  }
  const { steps, index } = stepsOf(rollout);
  const count = steps.length;
  return {
    ...(count > 0 && {
      step: {
        number: Math.min(index + 1, count),
        count,
        ...(index < count && { text: stepText(steps[index]) }),
      },
    }),
    next: nextStep(rollout),
  };
}

/**
 * A new version of blue-green waits for somebody where `autoPromotionEnabled` is false, for `autoPromotionSeconds`
 * where they are given, and for its pods alone otherwise.
 *
 * Upstream: argo-rollouts rollout/pause.go, `CompletedBlueGreenPause`.
 */
function blueGreenNext(rollout: Rollout): CanaryState['next'] {
  const { spec, status } = rollout;
  const {
    activeService,
    autoPromotionEnabled = true,
    autoPromotionSeconds = 0,
  } = spec?.strategy?.blueGreen ?? {};
  const text = `Service ${activeService ?? ''} gets the new version`;
  if (status?.phase !== 'Paused') {
    return { text, waitsFor: 'pods' };
  }
  if (spec?.paused || !autoPromotionEnabled || autoPromotionSeconds <= 0) {
    return { text, waitsFor: 'person' };
  }
  const afterMs = autoPromotionSeconds * 1_000;
  const at = pauseEnd(rollout, 'BlueGreenPause', afterMs);
  return { text, waitsFor: 'time', afterMs, ...(at && { at }) };
}

/**
 * The share that the new version is to have: what the controller has written where it moves weights, and that of the
 * step where only the number of pods decides. Undefined where it has written none.
 */
function wantedShare(
  snapshot: MeshSnapshot,
  rollout: Rollout,
): CanaryState['wanted'] {
  const decider = { snapshot, kind: KIND, object: rollout } as const;
  const { spec, status } = rollout;
  const weight = status?.canary?.weights?.canary?.weight;
  if (weight !== undefined) {
    const value = weightPercent(rollout, weight);
    return {
      value,
      reasons: [
        because(
          'argo-rollouts/weight',
          `The Rollout wants the new version to have ${value} % of the requests`,
          { ...decider, field: 'status.canary.weights.canary.weight' },
        ),
      ],
    };
  }
  const isByPods =
    !spec?.strategy?.canary?.trafficRouting &&
    status?.phase !== undefined &&
    status.stableRS !== status.currentPodHash;
  if (!isByPods) {
    return undefined;
  }
  const value = stepPercent(rollout);
  return {
    value,
    reasons: [
      because(
        'argo-rollouts/weight',
        `The Rollout wants ${value} % of the pods to be of the new version`,
        { ...decider, field: 'spec.strategy.canary.steps' },
      ),
    ],
  };
}
