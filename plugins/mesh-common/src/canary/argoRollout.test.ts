import { CanaryState } from '../contract/canary';
import {
  PAUSED,
  rollout,
  rolloutStateOf as stateOf,
  SERVICES,
  weights,
} from './__testUtils__/canaries';

const ROUTE = weights('reviews', SERVICES, [90, 10]);

const at = (currentStepIndex: number, more: object = {}) => ({
  ...PAUSED,
  phase: 'Progressing',
  message: undefined,
  controllerPause: undefined,
  pauseConditions: undefined,
  currentStepIndex,
  ...more,
});

describe('a Rollout', () => {
  it('is in a pause: which step, which share, what comes and when', () => {
    expect(stateOf(rollout(PAUSED), ROUTE)).toMatchObject({
      object: { kind: 'argoproj.io/Rollout', namespace: 'shop' },
      controller: 'argo-rollouts',
      strategy: 'canary',
      workload: { kind: 'Rollout', name: 'reviews' },
      services: { stable: 'reviews-stable', canary: 'reviews-canary' },
      phase: { value: 'paused', term: 'Paused' },
      aborted: false,
      step: { number: 2, count: 5, text: 'pause 10m' },
      wanted: {
        value: 10,
        reasons: [{ field: 'status.canary.weights.canary.weight' }],
      },
      next: {
        percent: 25,
        waitsFor: 'time',
        afterMs: 600_000,
        at: '2026-06-01T10:10:00.000Z',
      },
      steering: {
        value: 'virtual-service',
        routes: [{ object: { name: 'reviews' }, percent: 10 }],
      },
      differences: [],
    });
  });

  it.each<[string, object | undefined, CanaryState['phase']['value'], string]>([
    ['has no status', undefined, 'unknown', 'No controller has written'],
    ['has a status without phase', {}, 'unknown', 'No controller has written'],
    ['is healthy', { phase: 'Healthy' }, 'healthy', 'is Healthy'],
    [
      'is degraded',
      { phase: 'Degraded', message: 'ProgressDeadlineExceeded' },
      'failed',
      'ProgressDeadlineExceeded',
    ],
    [
      'is aborted',
      { phase: 'Degraded', abort: true, message: 'RolloutAborted' },
      'failed',
      'aborted: RolloutAborted',
    ],
    ['is at a step', at(2), 'progressing', 'is Progressing'],
    ['is after the last step', at(5), 'promoting', 'is Progressing'],
    ['is promoted at once', at(1, { promoteFull: true }), 'promoting', ''],
    [
      'is let go on',
      at(1, { phase: 'Paused', controllerPause: true }),
      'progressing',
      'goes on',
    ],
    ['has a new word', { phase: 'Dancing' }, 'unknown', 'is Dancing'],
  ])('%s', (_, status, value, text) => {
    const { phase, aborted } = stateOf(rollout(status), ROUTE);
    expect(phase.value).toBe(value);
    expect(phase.reasons[0].text).toContain(text);
    expect(aborted).toBe(text.startsWith('aborted'));
  });

  it.each([
    ['3', 'progressing', 'has not seen the last change'],
    ['4', 'paused', 'is Paused'],
    ['5d8f7c', 'paused', 'is Paused'],
  ])('of generation 4 of which %s was seen', (seen, value, text) => {
    const { phase } = stateOf(
      rollout({ ...PAUSED, observedGeneration: seen }, { generation: 4 }),
    );
    expect(phase.value).toBe(value);
    expect(phase.reasons[0].text).toContain(text);
  });

  it.each<[string, object, CanaryState['step'], CanaryState['next']]>([
    [
      'is given a share: its pods are waited for',
      at(0),
      { number: 1, count: 5, text: 'setWeight 10' },
      { percent: 25, text: 'setWeight 25', waitsFor: 'pods' },
    ],
    [
      'waits for somebody',
      at(3, { phase: 'Paused' }),
      { number: 4, count: 5, text: 'pause' },
      { percent: 100, text: 'promotion', waitsFor: 'person' },
    ],
    [
      'is measured',
      at(4),
      { number: 5, count: 5, text: 'analysis' },
      { percent: 100, text: 'promotion', waitsFor: 'analysis' },
    ],
    [
      'could not be measured',
      at(4, {
        phase: 'Paused',
        pauseConditions: [{ reason: 'InconclusiveAnalysisRun' }],
      }),
      { number: 5, count: 5, text: 'analysis' },
      { percent: 100, text: 'promotion', waitsFor: 'person' },
    ],
    [
      'has passed all steps',
      at(5),
      { number: 5, count: 5 },
      {
        percent: 100,
        text: 'the new version takes the place of the old one',
        waitsFor: 'pods',
      },
    ],
  ])('%s', (_, status, step, next) => {
    const state = stateOf(rollout(status), ROUTE);
    expect(state.step).toEqual(step);
    expect(state.next).toEqual(next);
  });

  it('has no step and nothing next while its first version gets its pods', () => {
    const first = stateOf(
      rollout(at(5, { stableRS: undefined, canary: undefined })),
      ROUTE,
    );
    expect(first.phase.value).toBe('progressing');
    expect(first).not.toHaveProperty('step');
    const scaled = stateOf(rollout(at(5, { stableRS: 'new' })), ROUTE);
    expect(scaled.phase.value).toBe('progressing');
    expect(scaled).not.toHaveProperty('next');
  });

  it('waits for the pods that the weight of its step needs', () => {
    const { next, differences } = stateOf(rollout(at(2)), ROUTE);
    expect(next).toEqual({
      percent: 25,
      text: 'setWeight 25',
      waitsFor: 'pods',
    });
    expect(differences).toEqual([]);
  });

  it.each([
    ['the weight is moved before the status', at(2), 25, 0],
    ['somebody has moved it', at(2), 40, 1],
    ['all go to the new version before it is the stable one', at(5), 100, 0],
    ['and back to what takes its place', at(5), 0, 0],
  ])('compares with what is on the way: %s', (_, status, share, count) => {
    const { differences } = stateOf(
      rollout(status),
      weights('reviews', SERVICES, [100 - share, share]),
    );
    expect(differences).toHaveLength(count);
  });

  it('has no step and nothing next while no new version is under way', () => {
    const state = stateOf(rollout({ phase: 'Healthy', currentStepIndex: 5 }));
    expect(state).not.toHaveProperty('step');
    expect(state).not.toHaveProperty('next');
    expect(state).not.toHaveProperty('wanted');
  });

  it.each([
    [30, 30_000],
    ['30', 30_000],
    ['1h30m', 5_400_000],
    ['soon', undefined],
  ])('pauses for %s', (duration, afterMs) => {
    const { next } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: { steps: [{ setWeight: 5 }, { pause: { duration } }] },
        },
      }),
    );
    expect(next?.afterMs).toBe(afterMs);
    expect(next?.waitsFor).toBe(afterMs === undefined ? 'person' : 'time');
  });

  it('takes maxTrafficWeight for everything', () => {
    const { wanted, next } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: {
            steps: [{ setWeight: 10 }, { pause: {} }, { setWeight: 500 }],
            trafficRouting: { nginx: {}, maxTrafficWeight: 1000 },
          },
        },
      }),
    );
    expect(wanted?.value).toBe(1);
    expect(next?.percent).toBe(50);
  });

  it('says where the rule has another weight, with both who say so', () => {
    const { differences } = stateOf(
      rollout({
        ...PAUSED,
        canary: { weights: { canary: { weight: 25 } } },
      }),
      ROUTE,
    );
    expect(differences).toEqual([
      {
        text: 'The Rollout wants 25 %, VirtualService shop/reviews sends 10 %',
        reasons: [
          expect.objectContaining({
            object: expect.objectContaining({ kind: 'argoproj.io/Rollout' }),
            field: 'status.canary.weights.canary.weight',
          }),
          expect.objectContaining({
            object: expect.objectContaining({
              kind: 'networking.istio.io/VirtualService',
            }),
            field: 'spec.http[0].route[1].weight',
          }),
        ],
      },
    ]);
  });
});

describe('a blue-green Rollout', () => {
  const blueGreen = { activeService: 'reviews', previewService: 'preview' };
  const pause = {
    phase: 'Paused',
    currentPodHash: 'new',
    stableRS: 'old',
    pauseConditions: [
      { reason: 'BlueGreenPause', startTime: '2026-06-01T10:00:00Z' },
    ],
  };

  it.each<[string, object, object, CanaryState['next']]>([
    [
      'waits for somebody',
      { autoPromotionEnabled: false },
      pause,
      { text: 'Service reviews gets the new version', waitsFor: 'person' },
    ],
    [
      'waits for its time',
      { autoPromotionSeconds: 90 },
      pause,
      {
        text: 'Service reviews gets the new version',
        waitsFor: 'time',
        afterMs: 90_000,
        at: '2026-06-01T10:01:30.000Z',
      },
    ],
    [
      'waits for its pods',
      {},
      { phase: 'Progressing', currentPodHash: 'new', stableRS: 'old' },
      { text: 'Service reviews gets the new version', waitsFor: 'pods' },
    ],
    ['is done', {}, { phase: 'Healthy' }, undefined],
  ])('%s', (_, more, status, next) => {
    const state = stateOf(
      rollout(status, { strategy: { blueGreen: { ...blueGreen, ...more } } }),
    );
    expect(state).toMatchObject({
      strategy: 'blue-green',
      services: { stable: 'reviews', canary: 'preview' },
      steering: { value: 'service-selector', routes: [] },
    });
    expect(state.next).toEqual(next);
    expect(state).not.toHaveProperty('wanted');
  });
});
