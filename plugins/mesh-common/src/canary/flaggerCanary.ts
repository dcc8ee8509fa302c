import { CanaryPhase, CanaryState } from '../contract/canary';
import { namespaceOf } from '../kubernetes/objects';
import { because } from '../mesh/answers';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { isUnderWay } from './argoRollout';
import { flaggerServices, flaggerSteering } from './flaggerSteering';
import {
  flaggerNext,
  flaggerStep,
  flaggerStrategy,
  skipsAnalysis,
  thresholdOf,
} from './flaggerSteps';
import { FlaggerCanary } from './objects';
import { clampPercent } from './routedShares';
import { refTo } from './routes';
import { weightDifferences } from './weightDifferences';

const KIND = 'flagger.app/Canary';

const PHASES: ReadonlyMap<string, CanaryPhase> = new Map([
  ['Initializing', 'not-started'],
  ['Initialized', 'healthy'],
  ['Waiting', 'paused'],
  ['Progressing', 'progressing'],
  ['WaitingPromotion', 'paused'],
  ['Promoting', 'promoting'],
  ['Finalising', 'promoting'],
  ['Succeeded', 'healthy'],
  ['Failed', 'failed'],
  ['Terminating', 'ended'],
  ['Terminated', 'ended'],
]);

/** Phases in which the weight of the status is the one that Flagger has set; it is 0 in all others whatever is set. */
const WEIGHED = [
  'Initialized',
  'Waiting',
  'Progressing',
  'Succeeded',
  'Failed',
];

/**
 * What Flagger does with the workload of a Canary, as it has written it into the status.
 *
 * Upstream: flagger 1.36, pkg/apis/flagger/v1beta1/status.go and the packages that the parts name.
 */
export function flaggerState(
  snapshot: MeshSnapshot,
  canary: FlaggerCanary,
): CanaryState {
  const { spec, status, metadata } = canary;
  const namespace = namespaceOf(canary);
  const phase = flaggerPhase(snapshot, canary);
  const steering = flaggerSteering(snapshot, canary);
  const wanted = wantedShare(snapshot, canary);
  const { kind = 'Deployment', name } = spec?.targetRef ?? {};
  const { cluster } = snapshot;
  const underWay = isUnderWay(phase);
  // Of a version that is promoted nothing is measured any more, and Flagger has written 0 over its share.
  const isMeasured =
    underWay && !skipsAnalysis(canary) && phase.value !== 'promoting';
  const step =
    isMeasured && status?.phase !== 'WaitingPromotion'
      ? flaggerStep(canary)
      : undefined;
  const state: Omit<CanaryState, 'differences'> = {
    object: refTo(snapshot, KIND, namespace, metadata.name),
    controller: 'flagger',
    strategy: flaggerStrategy(canary),
    ...(name && { workload: { cluster, namespace, kind, name } }),
    services: flaggerServices(canary),
    phase,
    aborted: false,
    ...(step && { step }),
    ...(underWay && { next: flaggerNext(canary) }),
    ...(wanted && { wanted }),
    ...(isMeasured && {
      failedChecks: {
        count: status?.failedChecks ?? 0,
        limit: thresholdOf(canary),
      },
    }),
    steering,
  };
  return { ...state, differences: weightDifferences(state) };
}

function flaggerPhase(
  snapshot: MeshSnapshot,
  canary: FlaggerCanary,
): CanaryState['phase'] {
  const { phase } = canary.status ?? {};
  const decider = { snapshot, kind: KIND, object: canary } as const;
  if (!phase) {
    return {
      value: 'unknown',
      reasons: [
        because(
          'flagger/phase',
          'No controller has written a status: Flagger has not started with the Canary, or does not run',
          { ...decider, field: 'status.phase' },
        ),
      ],
    };
  }
  const promoted = canary.status?.conditions?.find(
    ({ type }) => type === 'Promoted',
  )?.message;
  const reasons = [
    because(
      'flagger/phase',
      `The Canary is ${phase}${promoted ? `: ${promoted}` : ''}`,
      { ...decider, field: 'status.phase' },
    ),
  ];
  const value = PHASES.get(phase) ?? 'unknown';
  if (canary.spec?.suspend && value !== 'ended') {
    return {
      value: 'paused',
      term: phase,
      reasons: [
        because(
          'flagger/suspend',
          'It is suspended: Flagger does nothing with it',
          { ...decider, field: 'spec.suspend' },
        ),
        ...reasons,
      ],
    };
  }
  return { value, term: phase, reasons };
}

/**
 * The share that Flagger has written down. It writes 0 when it promotes, before it moves the requests back, and counts
 * rounds instead of shares in an A/B test and in blue-green.
 *
 * Upstream: flagger pkg/canary/status.go, `setStatusPhase`; pkg/controller/scheduler.go, `runAB`, `runBlueGreen`.
 */
function wantedShare(
  snapshot: MeshSnapshot,
  canary: FlaggerCanary,
): CanaryState['wanted'] {
  const { phase, canaryWeight } = canary.status ?? {};
  const isKnown =
    phase !== undefined &&
    canaryWeight !== undefined &&
    flaggerStrategy(canary) === 'canary' &&
    WEIGHED.includes(phase);
  return isKnown
    ? {
        value: clampPercent(canaryWeight),
        reasons: [
          because(
            'flagger/weight',
            `The Canary wants the new version to have ${canaryWeight} % of the requests`,
            {
              snapshot,
              kind: KIND,
              object: canary,
              field: 'status.canaryWeight',
            },
          ),
        ],
      }
    : undefined;
}
