import { clusterOf } from '../../__testUtils__/cluster';
import {
  flagger,
  PAUSED,
  rollout,
  stream,
  weights,
} from '../../canary/__testUtils__/canaries';
import { ISTIO, pod, service } from '../../istio/__testUtils__/istio';
import { KindId } from '../../kubernetes/kinds';
import { measure } from '../__testUtils__/part';

const ITEM = 'traffic-management.set-up-canary-deployments';

/** A pod as the ReplicaSet of the Rollout `reviews` makes it. */
const rolloutPod = pod('reviews', {
  labels: 'rollouts-pod-template-hash: abc',
}).replace(
  'metadata:',
  'metadata:\n  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: reviews-abc, controller: true }]',
);

const SHOP = `${ISTIO}${rolloutPod}${service('reviews')}\n`;
/** All requests go to one version, so that the rules alone are no canary. */
const ROUTE = weights(
  'reviews',
  ['reviews-stable', 'reviews-canary'],
  [100, 0],
);

const result = (
  documents: readonly string[],
  forbidden: readonly KindId[] = [],
  origin?: 'files',
) =>
  measure(
    clusterOf(stream(SHOP, ...documents), {
      forbidden,
      ...(origin && { origin }),
    }),
    ITEM,
  );

describe('canaries of a controller', () => {
  it('pass, with the Rollout as the one that decides', () => {
    const measured = result([
      rollout(PAUSED),
      weights('other', ['a', 'b'], [1, 1]),
    ]);
    expect(measured.state).toBe('fail');
    const found = result([rollout(PAUSED), ROUTE]);
    expect(found.state).toBe('pass');
    expect(found.reasons.map(({ object }) => object?.kind)).toContain(
      'argoproj.io/Rollout',
    );
  });

  it('pass by a Canary of Flagger that governs the workload', () => {
    const found = result([
      flagger(
        { phase: 'Initialized', canaryWeight: 0 },
        {
          spec: {
            targetRef: { kind: 'Rollout', name: 'reviews' },
          },
        },
      ),
      weights('reviews', ['reviews-primary', 'reviews-canary'], [100, 0]),
    ]);
    expect(found.state).toBe('pass');
    expect(found.reasons.map(({ object }) => object?.kind)).toContain(
      'flagger.app/Canary',
    );
  });

  it('fail where all requests change at once, or no mesh reads what is written', () => {
    expect(
      result([
        rollout(PAUSED, {
          strategy: { blueGreen: { activeService: 'reviews' } },
        }),
      ]),
    ).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('blue-green'),
    });
    expect(
      result([
        rollout(PAUSED, {
          strategy: { canary: { trafficRouting: { smi: {} } } },
        }),
      ]),
    ).toMatchObject({
      state: 'fail',
      evidence: expect.stringContaining('No mesh reads TrafficSplit'),
    });
  });

  it('are unknown where no controller has said anything, and pass as they are written in files', () => {
    expect(result([rollout(undefined), ROUTE]).state).toBe('unknown');
    expect(result([rollout(undefined), ROUTE], [], 'files').state).toBe('pass');
  });

  it('are unknown where Rollouts may not be read', () => {
    expect(result([], ['argoproj.io/Rollout'])).toMatchObject({
      state: 'unknown',
      cause: 'forbidden',
    });
  });
});
