import { CanaryState, Delivery, Reason } from 'backstage-plugin-mesh-common';
import { virtualServiceReason } from './routing';

const rollout = {
  cluster: 'east',
  kind: 'argoproj.io/Rollout',
  namespace: 'shop',
  name: 'reviews',
};

const reason = (rule: string, text: string, field: string): Reason => ({
  rule: `argo-rollouts/${rule}`,
  text,
  object: rollout,
  field,
});

const route = virtualServiceReason(
  'spec.http[0].route[1].weight',
  'VirtualService shop/reviews sends 10 % of the requests to the new version',
);

/** A Rollout in a pause between two shares. */
export const pausedCanary: CanaryState = {
  object: rollout,
  controller: 'argo-rollouts',
  strategy: 'canary',
  workload: {
    cluster: 'east',
    namespace: 'shop',
    kind: 'Rollout',
    name: 'reviews',
  },
  services: { stable: 'reviews-stable', canary: 'reviews-canary' },
  phase: {
    value: 'paused',
    term: 'Paused',
    reasons: [
      reason('phase', 'The Rollout is Paused: CanaryPauseStep', 'status.phase'),
    ],
  },
  aborted: false,
  step: { number: 2, count: 5, text: 'pause 10m' },
  wanted: {
    value: 10,
    reasons: [
      reason(
        'weight',
        'The Rollout wants the new version to have 10 % of the requests',
        'status.canary.weights.canary.weight',
      ),
    ],
  },
  next: {
    percent: 25,
    text: 'setWeight 25',
    waitsFor: 'time',
    afterMs: 600_000,
    at: '2126-11-26T10:10:00.000Z',
  },
  steering: {
    value: 'virtual-service',
    reasons: [
      reason(
        'traffic',
        'It moves the weights of VirtualService shop/reviews',
        'spec.strategy.canary.trafficRouting.istio',
      ),
    ],
    routes: [
      {
        object: {
          cluster: 'east',
          kind: 'networking.istio.io/VirtualService',
          namespace: 'shop',
          name: 'reviews',
        },
        state: { value: 'applied', reasons: [route] },
        percent: 10,
      },
    ],
  },
  differences: [],
};

/** One whose rule has another weight than it wants. */
export const overruledCanary: CanaryState = {
  ...pausedCanary,
  wanted: { value: 25, reasons: pausedCanary.wanted?.reasons ?? [] },
  differences: [
    {
      text: 'The Rollout wants 25 %, VirtualService shop/reviews sends 10 %',
      reasons: [...(pausedCanary.wanted?.reasons ?? []), route],
    },
  ],
};

/** A Canary that is measured, and has failed once. */
export const measuredCanary: CanaryState = {
  ...pausedCanary,
  object: { ...rollout, kind: 'flagger.app/Canary' },
  controller: 'flagger',
  phase: { value: 'progressing', term: 'Progressing', reasons: [] },
  step: { number: 1, count: 3 },
  next: {
    percent: 40,
    text: '40 %',
    waitsFor: 'analysis',
    afterMs: 60_000,
  },
  failedChecks: { count: 1, limit: 5 },
};

export const deliveryOf = (...canaries: CanaryState[]): Delivery => ({
  canaries,
  unread: [],
});
