import { clusterOf } from '../__testUtils__/cluster';
import { ISTIO, pod, service, serviceOf } from '../istio/__testUtils__/istio';
import { MESHES } from '../mesh/meshes';
import { serviceRouting } from '../mesh/serviceRouting';
import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import {
  flagger,
  PAUSED,
  rollout,
  stream,
  weights,
} from './__testUtils__/canaries';
import { workloadCanaries } from './serviceDelivery';

const CLUSTER =
  ISTIO +
  ['reviews', 'reviews-stable', 'reviews-canary', 'other']
    .map(name => pod(name) + service(name))
    .join('');

const REVIEWS = ['reviews-stable', 'reviews-canary'] as const;

const delivery = (snapshot: MeshSnapshot, name: string) =>
  serviceRouting(snapshot, serviceOf(snapshot, name), MESHES).delivery;

const cluster = (
  documents: readonly string[],
  options?: Parameters<typeof clusterOf>[1],
) => clusterOf(stream(`${CLUSTER}\n`, ...documents), options);

describe('the canaries of a Service', () => {
  const snapshot = cluster([
    rollout(PAUSED),
    weights('reviews', REVIEWS, [90, 10]),
  ]);

  it.each(['reviews-stable', 'reviews-canary'])(
    'are those that name it: %s',
    name => {
      expect(delivery(snapshot, name)).toMatchObject({
        canaries: [
          {
            object: { name: 'reviews' },
            steering: {
              // The rules are those for another host.
              routes: [{ state: { value: 'written' }, percent: 10 }],
            },
          },
        ],
        unread: [],
      });
    },
  );

  it('are none where nothing names it and it selects no workload of theirs', () => {
    expect(delivery(snapshot, 'other')).toBeUndefined();
  });

  it('are those of the workloads that it selects, whose rules the mesh follows', () => {
    const ofRollout = cluster([
      rollout(PAUSED),
      weights('reviews', REVIEWS, [90, 10]),
      `
apiVersion: v1
kind: Pod
metadata:
  name: reviews-abc-1
  namespace: shop
  labels: { app: reviews, rollouts-pod-template-hash: abc }
  ownerReferences: [{ apiVersion: apps/v1, kind: ReplicaSet, name: reviews-abc, controller: true }]
spec: { containers: [{ name: app }, { name: istio-proxy, image: proxyv2:1.30.3 }] }
`,
    ]);
    expect(delivery(ofRollout, 'reviews')?.canaries).toMatchObject([
      {
        steering: { routes: [{ state: { value: 'applied' }, percent: 10 }] },
        differences: [],
      },
    ]);
  });

  it('are those of Flagger, by the Services that it makes', () => {
    const ofFlagger = cluster([
      pod('podinfo') + service('podinfo'),
      flagger({ phase: 'Progressing', canaryWeight: 40 }),
      weights('podinfo', ['podinfo-primary', 'podinfo-canary'], [80, 20]),
    ]);
    expect(delivery(ofFlagger, 'podinfo')?.canaries).toMatchObject([
      {
        controller: 'flagger',
        differences: [
          {
            text: 'The Canary wants 40 %, VirtualService shop/podinfo sends 20 %',
          },
        ],
      },
    ]);
  });

  it('say where the mesh does not follow the rules that they move', () => {
    const older = weights('older', ['other', 'reviews-canary'], [100, 0])
      .replace('- older', '- podinfo')
      .replace(
        'name: older',
        'name: older\n  creationTimestamp: "2020-01-01T00:00:00Z"',
      );
    const twice = cluster([
      pod('podinfo') + service('podinfo'),
      flagger({ phase: 'Progressing', canaryWeight: 20 }),
      weights(
        'podinfo',
        ['podinfo-primary', 'podinfo-canary'],
        [80, 20],
      ).replace(
        'name: podinfo',
        'name: podinfo\n  creationTimestamp: "2021-01-01T00:00:00Z"',
      ),
      older,
    ]);
    expect(delivery(twice, 'podinfo')?.canaries).toMatchObject([
      {
        steering: { routes: [{ state: { value: 'ignored' }, percent: 20 }] },
        differences: [{ text: expect.stringContaining('older') }],
      },
    ]);
  });

  it('say what could not be read', () => {
    const unread = cluster([], {
      forbidden: ['argoproj.io/Rollout', 'flagger.app/Canary'],
    });
    expect(delivery(unread, 'other')).toEqual({
      canaries: [],
      unread: [
        {
          kind: 'argoproj.io/Rollout',
          cause: 'forbidden',
          message: 'argoproj.io/Rollout is forbidden',
        },
        {
          kind: 'flagger.app/Canary',
          cause: 'forbidden',
          message: 'flagger.app/Canary is forbidden',
        },
      ],
    });
  });

  it('say which object of theirs is malformed', () => {
    const malformed = cluster([
      rollout({ ...PAUSED, currentStepIndex: 'two' }),
    ]);
    expect(delivery(malformed, 'reviews-stable')?.unread).toEqual([
      {
        kind: 'argoproj.io/Rollout',
        cause: 'malformed',
        message: expect.stringContaining('status.currentStepIndex'),
      },
    ]);
  });

  it('are none, quietly, where the cluster serves neither kind', () => {
    const absent = (['argoproj.io/Rollout', 'flagger.app/Canary'] as const).map(
      kindId => ({
        type: 'read' as const,
        kindId,
        read: { state: 'absent' as const, message: 'not served' },
      }),
    );
    expect(delivery(cluster([]).apply(absent), 'other')).toBeUndefined();
  });
});

describe('the canaries of a workload', () => {
  it.each([
    ['Rollout', 'reviews', 'argo-rollouts'],
    ['Deployment', 'legacy', 'argo-rollouts'],
    ['Deployment', 'podinfo', 'flagger'],
    ['Deployment', 'podinfo-primary', 'flagger'],
  ])('%s %s', (kind, name, controller) => {
    const snapshot = clusterOf(
      stream(
        rollout(PAUSED, {
          spec: { workloadRef: { kind: 'Deployment', name: 'legacy' } },
        }),
        flagger(undefined),
      ),
    );
    expect(
      workloadCanaries(snapshot, { namespace: 'shop', kind, name }),
    ).toMatchObject([{ controller }]);
  });

  it('are none of another', () => {
    expect(
      workloadCanaries(clusterOf(rollout(PAUSED)), {
        namespace: 'shop',
        kind: 'Deployment',
        name: 'reviews',
      }),
    ).toEqual([]);
  });
});
