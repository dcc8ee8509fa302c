import fc from 'fast-check';
import { CanaryState } from '../contract/canary';
import { canaryStateSchema } from '../contract/schemas/canary';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { rolloutState } from './argoRollout';
import { flaggerState } from './flaggerCanary';

const number = fc.oneof(
  fc.integer({ min: -3, max: 200 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const text = fc.oneof(
  fc.constantFrom(
    'Paused',
    'Progressing',
    'Promoting',
    'constructor',
    '__proto__',
    '10m',
    '9'.repeat(30),
    '9'.repeat(400),
    '2026-06-01T10:00:00Z',
  ),
  fc.string(),
);

const optional = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value, { nil: undefined });

const rollout = fc.record({
  strategy: fc.record({
    canary: fc.record({
      canaryService: optional(text),
      steps: fc.array(
        fc.oneof(
          fc.record({ setWeight: number }),
          fc.record({
            pause: fc.record({ duration: optional(fc.oneof(number, text)) }),
          }),
          fc.record({ analysis: fc.constant({}) }),
          fc.constant({}),
        ),
        { maxLength: 4 },
      ),
      trafficRouting: optional(
        fc.record({
          istio: optional(
            fc.record({ virtualService: fc.record({ name: text }) }),
          ),
          plugins: optional(fc.dictionary(text, fc.anything())),
          maxTrafficWeight: optional(number),
        }),
      ),
    }),
  }),
  status: fc.record({
    phase: optional(text),
    currentStepIndex: optional(number),
    currentPodHash: optional(text),
    stableRS: optional(text),
    pauseConditions: optional(
      fc.array(
        fc.record({
          reason: fc.constantFrom('CanaryPauseStep', 'InconclusiveAnalysisRun'),
          startTime: text,
        }),
        { maxLength: 2 },
      ),
    ),
    canary: fc.record({
      weights: optional(fc.record({ canary: fc.record({ weight: number }) })),
    }),
  }),
});

const canary = fc.record({
  spec: fc.record({
    provider: optional(text),
    targetRef: optional(fc.record({ name: text })),
    analysis: optional(
      fc.record({
        interval: optional(text),
        iterations: optional(number),
        threshold: optional(number),
        maxWeight: optional(number),
        stepWeight: optional(number),
        stepWeights: optional(fc.array(number, { maxLength: 4 })),
      }),
    ),
  }),
  status: fc.record({
    phase: optional(text),
    canaryWeight: optional(number),
    iterations: optional(number),
    failedChecks: optional(number),
  }),
});

/** What the contract has against a state as it arrives at a page. */
function problemsOf(state: CanaryState | undefined): unknown {
  return state === undefined
    ? undefined
    : canaryStateSchema.safeParse(JSON.parse(JSON.stringify(state))).error;
}

const meta = { metadata: { name: 'reviews', namespace: 'shop' } };

describe('whatever numbers and words a status has', () => {
  it('the state of a Rollout is one that pages can read', () => {
    fc.assert(
      fc.property(rollout, ({ strategy, status }) => {
        const snapshot = MeshSnapshot.of('test', [
          {
            apiVersion: 'argoproj.io/v1alpha1',
            kind: 'Rollout',
            ...meta,
            spec: { strategy },
            status,
          },
        ]);
        const object = snapshot.get('argoproj.io/Rollout', 'shop', 'reviews');
        const state = object && rolloutState(snapshot, object);
        expect(problemsOf(state)).toBeUndefined();
      }),
    );
  });

  it('the state of a Canary is one that pages can read', () => {
    fc.assert(
      fc.property(canary, ({ spec, status }) => {
        const snapshot = MeshSnapshot.of('test', [
          {
            apiVersion: 'flagger.app/v1beta1',
            kind: 'Canary',
            ...meta,
            spec,
            status,
          },
        ]);
        const object = snapshot.get('flagger.app/Canary', 'shop', 'reviews');
        const state = object && flaggerState(snapshot, object);
        expect(problemsOf(state)).toBeUndefined();
      }),
    );
  });
});
