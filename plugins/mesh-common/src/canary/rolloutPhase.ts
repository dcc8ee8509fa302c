import { CanaryPhase, CanaryState } from '../contract/canary';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { Rollout } from './objects';
import { stepsOf } from './rolloutSteps';

const PHASES: ReadonlyMap<string, CanaryPhase> = new Map([
  ['Healthy', 'healthy'],
  ['Degraded', 'failed'],
  ['Paused', 'paused'],
  ['Progressing', 'progressing'],
]);

/**
 * The phase that the controller has written, unless it has not seen the last change, or the end of a pause, yet. An
 * aborted Rollout is Degraded until it is retried or the old version is written again.
 *
 * Upstream: argo-rollouts utils/rollout/rolloututil.go, `GetRolloutPhase`.
 */
export function rolloutPhase(
  snapshot: MeshSnapshot,
  rollout: Rollout,
): CanaryState['phase'] {
  const { spec, status } = rollout;
  const answer = (
    value: CanaryPhase,
    text: string,
    field: string,
  ): CanaryState['phase'] => ({
    value,
    ...(status?.phase && { term: status.phase }),
    reasons: [
      because('argo-rollouts/phase', text, {
        snapshot,
        kind: 'argoproj.io/Rollout',
        object: rollout,
        field,
      }),
    ],
  });
  if (!status?.phase) {
    return answer(
      'unknown',
      'No controller has written a status: the Rollout has not started, or Argo Rollouts does not run',
      'status.phase',
    );
  }
  if (!isSeen(rollout)) {
    return answer(
      'progressing',
      'The controller has not seen the last change of the Rollout yet',
      'status.observedGeneration',
    );
  }
  if (status.controllerPause && !status.pauseConditions?.length) {
    return answer(
      'progressing',
      'Somebody has ended the pause, and the controller goes on',
      'status.controllerPause',
    );
  }
  const message = status.message ? `: ${status.message}` : '';
  if (status.abort) {
    return answer('failed', `It is aborted${message}`, 'status.abort');
  }
  const value = PHASES.get(status.phase) ?? 'unknown';
  const { steps, index } = stepsOf(rollout);
  const isLast =
    value === 'progressing' &&
    spec?.strategy?.canary !== undefined &&
    Boolean(status.stableRS) &&
    status.stableRS !== status.currentPodHash &&
    (status.promoteFull || (steps.length > 0 && index >= steps.length));
  return answer(
    isLast ? 'promoting' : value,
    `The Rollout is ${status.phase}${message}`,
    'status.phase',
  );
}

/**
 * Whether the status is of the object as it is now. Old controllers wrote a hash instead of the generation.
 *
 * Upstream: argo-rollouts utils/rollout/rolloututil.go, `isGenerationObserved`.
 */
function isSeen({ metadata, status }: Rollout): boolean {
  const seen = Number(status?.observedGeneration);
  return (
    metadata.generation === undefined ||
    !Number.isInteger(seen) ||
    seen >= metadata.generation
  );
}
