import { stringify } from 'yaml';
import { clusterOf } from '../../__testUtils__/cluster';
import { CanaryState } from '../../contract/canary';
import { rolloutState } from '../argoRollout';

/** Two Services, one VirtualService, five steps. */
export const CANARY = {
  stableService: 'reviews-stable',
  canaryService: 'reviews-canary',
  trafficRouting: { istio: { virtualService: { name: 'reviews' } } },
  steps: [
    { setWeight: 10 },
    { pause: { duration: '10m' } },
    { setWeight: 25 },
    { pause: {} },
    { analysis: { templates: [{ templateName: 'success' }] } },
  ],
};

/** A Rollout `reviews` of the namespace `shop`, with a canary of five steps that VirtualService `reviews` shares. */
export function rollout(
  status: object | undefined,
  options: {
    strategy?: object;
    spec?: object;
    generation?: number;
  } = {},
): string {
  return stringify({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: {
      name: 'reviews',
      namespace: 'shop',
      ...(options.generation && { generation: options.generation }),
    },
    spec: {
      template: {
        metadata: { labels: { app: 'reviews' } },
        spec: { containers: [{ name: 'app' }] },
      },
      strategy: options.strategy ?? { canary: CANARY },
      ...options.spec,
    },
    ...(status && { status }),
  });
}

/** The status in the first pause of those steps, with a tenth of the requests. */
export const PAUSED = {
  phase: 'Paused',
  message: 'CanaryPauseStep',
  currentStepIndex: 1,
  currentPodHash: 'new',
  stableRS: 'old',
  controllerPause: true,
  pauseConditions: [
    { reason: 'CanaryPauseStep', startTime: '2026-06-01T10:00:00Z' },
  ],
  canary: { weights: { canary: { weight: 10 } } },
};

/** A Canary `podinfo` of the namespace `shop`. */
export function flagger(
  status: object | undefined,
  options: { spec?: object; analysis?: object } = {},
): string {
  return stringify({
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: { name: 'podinfo', namespace: 'shop' },
    spec: {
      provider: 'istio',
      targetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'podinfo' },
      service: { port: 80 },
      analysis: options.analysis ?? {
        interval: '30s',
        threshold: 5,
        maxWeight: 50,
        stepWeight: 20,
      },
      ...options.spec,
    },
    ...(status && { status }),
  });
}

/** A VirtualService of the namespace `shop`, in which two Services have these weights. */
export function weights(
  name: string,
  [stable, canary]: readonly [string, string],
  [rest, share]: readonly [number, number],
): string {
  return stringify({
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'shop' },
    spec: {
      hosts: [name],
      http: [
        {
          route: [
            { destination: { host: stable }, weight: rest },
            { destination: { host: canary }, weight: share },
          ],
        },
      ],
    },
  });
}

/** Documents as one stream. */
export function stream(...documents: readonly string[]): string {
  return documents.join('---\n');
}

/** The Services of the Rollout's versions, the old one first. */
export const SERVICES = ['reviews-stable', 'reviews-canary'] as const;

/** The state of the Rollout among these documents. */
export function rolloutStateOf(...documents: readonly string[]): CanaryState {
  const snapshot = clusterOf(stream(...documents));
  const object = snapshot.get('argoproj.io/Rollout', 'shop', 'reviews');
  const state = object && rolloutState(snapshot, object);
  if (!state) {
    throw new Error(
      `no state: ${JSON.stringify(snapshot.malformed(), undefined, 2)}`,
    );
  }
  return state;
}
