import { clusterOf } from '../__testUtils__/cluster';
import { CanaryState } from '../contract/canary';
import { flagger, stream, weights } from './__testUtils__/canaries';
import { flaggerState } from './flaggerCanary';

const SERVICES = ['podinfo-primary', 'podinfo-canary'] as const;
const route = (share: number) =>
  weights('podinfo', SERVICES, [100 - share, share]);

function stateOf(...documents: readonly string[]): CanaryState {
  const snapshot = clusterOf(stream(...documents));
  const object = snapshot.get('flagger.app/Canary', 'shop', 'podinfo');
  if (!object) {
    throw new Error(JSON.stringify(snapshot.malformed(), undefined, 2));
  }
  return flaggerState(snapshot, object);
}

const PROGRESSING = { phase: 'Progressing', canaryWeight: 20, failedChecks: 1 };

describe('a Canary of Flagger', () => {
  it('is measured: which share, how often it failed, what comes and when', () => {
    expect(stateOf(flagger(PROGRESSING), route(20))).toMatchObject({
      object: { kind: 'flagger.app/Canary', name: 'podinfo' },
      controller: 'flagger',
      strategy: 'canary',
      workload: { kind: 'Deployment', name: 'podinfo' },
      services: {
        root: 'podinfo',
        stable: 'podinfo-primary',
        canary: 'podinfo-canary',
      },
      phase: { value: 'progressing', term: 'Progressing' },
      // 20, 40 and 60 %, which is more than the most that is asked for.
      step: { number: 1, count: 3 },
      wanted: { value: 20, reasons: [{ field: 'status.canaryWeight' }] },
      next: { percent: 40, waitsFor: 'analysis', afterMs: 30_000 },
      failedChecks: { count: 1, limit: 5 },
      steering: { value: 'virtual-service', routes: [{ percent: 20 }] },
      differences: [],
    });
  });

  it.each<[string | undefined, CanaryState['phase']['value']]>([
    [undefined, 'unknown'],
    ['', 'unknown'],
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
    ['Dancing', 'unknown'],
  ])('of phase %s is %s', (phase, value) => {
    expect(
      stateOf(flagger(phase === undefined ? undefined : { phase })).phase.value,
    ).toBe(value);
  });

  it('is suspended, whatever its phase', () => {
    const { phase, next } = stateOf(
      flagger(PROGRESSING, { spec: { suspend: true } }),
    );
    expect(phase).toMatchObject({
      value: 'paused',
      reasons: [{ field: 'spec.suspend' }, { field: 'status.phase' }],
    });
    expect(next?.waitsFor).toBe('person');
  });

  it.each<[object, number, CanaryState['step'], number | undefined]>([
    [{ stepWeight: 10, maxWeight: 30 }, 0, { number: 0, count: 3 }, 10],
    [{ stepWeight: 10, maxWeight: 30 }, 30, { number: 3, count: 3 }, undefined],
    [{ stepWeight: 60 }, 60, { number: 1, count: 2 }, 100],
    [{ stepWeights: [1, 5, 40] }, 0, { number: 0, count: 3 }, 1],
    [{ stepWeights: [1, 5, 40] }, 5, { number: 2, count: 3 }, 40],
    [{ stepWeights: [1, 5, 40] }, 40, { number: 3, count: 3 }, undefined],
    [{ stepWeights: [1, 5, 40] }, 7, { number: 2, count: 3 }, 100],
  ])('with %j at %d %%', (analysis, canaryWeight, step, percent) => {
    const state = stateOf(
      flagger({ phase: 'Progressing', canaryWeight }, { analysis }),
    );
    expect(state.step).toEqual(step);
    expect(state.next?.percent).toBe(percent);
    expect(state.next?.text).toBe(
      percent === undefined ? 'promotion' : `${percent} %`,
    );
  });

  it.each([
    ['30s', 30_000],
    ['1s', 10_000],
    ['soon', 60_000],
    [undefined, 60_000],
  ])('measures every %s', (interval, afterMs) => {
    const { next } = stateOf(
      flagger(PROGRESSING, { analysis: { interval, stepWeight: 5 } }),
    );
    expect(next?.afterMs).toBe(afterMs);
  });

  it.each<[string, object, CanaryState['strategy']]>([
    ['rounds', { iterations: 10 }, 'blue-green'],
    ['rounds and conditions', { iterations: 10, match: [{}] }, 'ab-test'],
  ])('counts %s instead of shares', (_, analysis, strategy) => {
    const state = stateOf(
      flagger(
        { phase: 'Progressing', canaryWeight: 0, iterations: 4 },
        { analysis },
      ),
      route(100),
    );
    expect(state).toMatchObject({
      strategy,
      step: { number: 4, count: 10 },
      next: { text: 'another measurement', waitsFor: 'analysis' },
      differences: [],
    });
    expect(state).not.toHaveProperty('wanted');
  });

  it('has no shares to compare while it promotes, since 0 is written before requests move', () => {
    const state = stateOf(
      flagger({ phase: 'Promoting', canaryWeight: 0 }),
      route(60),
    );
    expect(state).not.toHaveProperty('wanted');
    expect(state.differences).toEqual([]);
  });

  it('has no steps any more while it promotes', () => {
    for (const phase of ['Promoting', 'Finalising', 'WaitingPromotion']) {
      expect(stateOf(flagger({ phase, canaryWeight: 0 }))).not.toHaveProperty(
        'step',
      );
    }
  });

  it.each([
    [40, 0],
    [60, 1],
  ])('may send the next %d %% before that is written', (share, count) => {
    const { differences } = stateOf(flagger(PROGRESSING), route(share));
    expect(differences).toHaveLength(count);
  });

  it('misses no route before Flagger has made it', () => {
    for (const status of [undefined, { phase: 'Initializing' }]) {
      expect(stateOf(flagger(status)).differences).toEqual([]);
    }
  });

  it('says where requests still go to a version that failed', () => {
    expect(
      stateOf(flagger({ phase: 'Failed', canaryWeight: 0 }), route(20))
        .differences,
    ).toMatchObject([
      { text: 'The Canary wants 0 %, VirtualService shop/podinfo sends 20 %' },
    ]);
  });
});

describe('what shares the requests of a Canary', () => {
  it.each<[string | undefined, CanaryState['steering']['value']]>([
    ['istio', 'virtual-service'],
    ['gatewayapi:v1', 'gateway-api'],
    ['gatewayapi:v1beta1', 'gateway-api'],
    ['linkerd', 'traffic-split'],
    ['smi:v1alpha2', 'traffic-split'],
    ['osm', 'traffic-split'],
    ['kubernetes', 'service-selector'],
    ['nginx', 'other'],
    [undefined, 'unknown'],
  ])('with the provider %s', (provider, value) => {
    expect(
      stateOf(flagger(PROGRESSING, { spec: { provider } })).steering.value,
    ).toBe(value);
  });

  it('is found by what Flagger has made, where no provider is named', () => {
    const state = stateOf(
      flagger(PROGRESSING, { spec: { provider: undefined } }),
      route(20),
    );
    expect(state.steering).toMatchObject({
      value: 'virtual-service',
      routes: [{ percent: 20 }],
    });
  });

  it('is the last rule with the new version: others keep clients at theirs', () => {
    const state = stateOf(
      flagger(PROGRESSING),
      `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: podinfo, namespace: shop }
spec:
  hosts: [podinfo]
  http:
    - name: sticky-route
      match: [{ headers: { Cookie: { regex: .*flagger.* } } }]
      route: [{ destination: { host: podinfo-primary }, weight: 0 }, { destination: { host: podinfo-canary }, weight: 100 }]
    - route: [{ destination: { host: podinfo-primary }, weight: 80 }, { destination: { host: podinfo-canary }, weight: 20 }]
`,
    );
    expect(state.steering.routes).toMatchObject([{ percent: 20 }]);
    expect(state.differences).toEqual([]);
  });

  it('is not there', () => {
    expect(stateOf(flagger(PROGRESSING)).differences).toMatchObject([
      { text: 'There is no VirtualService shop/podinfo' },
    ]);
  });
});
