import {
  CANARY,
  PAUSED,
  rollout,
  rolloutStateOf as stateOf,
} from './__testUtils__/canaries';

const virtualService = (http: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: ${http} }
`;

const STABLE = '{ destination: { host: reviews-stable }, weight: 60 }';
const NEW = '{ destination: { host: reviews-canary.shop.svc }, weight: 40 }';

describe('the VirtualService of a Rollout', () => {
  it.each<[string, object, string, (number | string)[]]>([
    [
      'is moved in the rules that are named',
      { name: 'reviews', routes: ['b'] },
      `[{ name: a, route: [${STABLE}] }, { name: b, route: [${STABLE}, ${NEW}] }]`,
      [40],
    ],
    [
      'is moved in its only rule',
      { name: 'reviews' },
      `[{ name: a, route: [${STABLE}, ${NEW}] }]`,
      [40],
    ],
    [
      'is moved in the first rule without name',
      { name: 'reviews' },
      `[{ name: a, route: [${STABLE}] }, { route: [${STABLE}, ${NEW}] }]`,
      [40],
    ],
    [
      'has no rule of the name',
      { name: 'reviews', routes: ['c'] },
      `[{ name: a, route: [${STABLE}, ${NEW}] }]`,
      ['VirtualService shop/reviews has no rule of the name c'],
    ],
    [
      'sends nothing to the new version',
      { name: 'reviews' },
      `[{ route: [${STABLE}] }]`,
      [
        'No rule of VirtualService shop/reviews that the Rollout moves sends to the new version',
      ],
    ],
    [
      'is in the namespace that the name ends with',
      { name: 'reviews.other' },
      `[{ route: [${STABLE}, ${NEW}] }]`,
      ['There is no VirtualService other/reviews'],
    ],
    [
      'is named with its domain',
      { name: 'reviews.shop.cluster.local' },
      `[{ route: [${STABLE}, ${NEW}] }]`,
      [40],
    ],
  ])('%s', (_, named, http, expected) => {
    const { steering } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: {
            ...CANARY,
            trafficRouting: { istio: { virtualService: named } },
          },
        },
      }),
      virtualService(http),
    );
    expect(
      steering.routes.map(
        ({ percent, state }) => percent ?? state.reasons[0].text,
      ),
    ).toEqual(expected);
  });

  it('is not led to where it is in a namespace that is not the Rollout’s', () => {
    const { steering } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: {
            ...CANARY,
            trafficRouting: {
              istio: { virtualService: { name: 'reviews.other' } },
            },
          },
        },
      }),
      virtualService(`[{ route: [${STABLE}, ${NEW}] }]`).replace(
        'namespace: shop',
        'namespace: other',
      ),
    );
    expect(steering.routes).toEqual([
      expect.objectContaining({
        percent: 40,
        state: {
          value: 'written',
          reasons: [
            {
              rule: 'mesh/canary/route',
              text: 'VirtualService other/reviews sends 40 % of the requests to the new version',
            },
          ],
        },
      }),
    ]);
  });

  it('shares between subsets', () => {
    const { steering } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: {
            trafficRouting: {
              istio: {
                virtualServices: [{ name: 'reviews' }],
                destinationRule: {
                  name: 'reviews',
                  canarySubsetName: 'canary',
                  stableSubsetName: 'stable',
                },
              },
            },
          },
        },
      }),
      virtualService(
        '[{ route: [{ destination: { host: reviews, subset: stable }, weight: 3 }, { destination: { host: reviews, subset: canary }, weight: 1 }] }]',
      ),
    );
    expect(steering.routes).toMatchObject([{ percent: 25 }]);
  });
});

describe('what shares the requests of a Rollout', () => {
  it.each<[string, object, string, string]>([
    [
      'pods',
      { steps: [{ setWeight: 20 }] },
      'pods',
      '1 of 5 are of the version',
    ],
    [
      'TrafficSplit',
      { trafficRouting: { smi: {} } },
      'traffic-split',
      'TrafficSplit',
    ],
    [
      'an ingress controller',
      { trafficRouting: { nginx: { stableIngress: 'reviews' } } },
      'other',
      'nginx',
    ],
    [
      'a plugin that nobody knows',
      { trafficRouting: { plugins: { 'acme/mesh': {} } } },
      'other',
      'acme/mesh',
    ],
  ])('%s', (_, canary, value, text) => {
    const { steering } = stateOf(
      rollout(
        { ...PAUSED, replicas: 5, updatedReplicas: 1 },
        { strategy: { canary } },
      ),
    );
    expect(steering.value).toBe(value);
    expect(steering.reasons[0].text).toContain(text);
  });

  it('is the step that tells the share of the pods', () => {
    const { wanted, differences } = stateOf(
      rollout(
        { ...PAUSED, canary: undefined, replicas: 5, updatedReplicas: 1 },
        { strategy: { canary: { steps: [{ setWeight: 20 }, { pause: {} }] } } },
      ),
    );
    expect(wanted).toMatchObject({ value: 20 });
    expect(differences).toEqual([]);
  });

  it('is a TrafficSplit, which no mesh reads', () => {
    const { differences } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: { trafficRouting: { smi: { trafficSplitName: 'split' } } },
        },
      }),
    );
    expect(differences).toMatchObject([
      {
        text: expect.stringContaining('No mesh reads TrafficSplit shop/split'),
      },
    ]);
  });

  it('is routes of the Gateway API by the plugin', () => {
    const { steering, differences } = stateOf(
      rollout(PAUSED, {
        strategy: {
          canary: {
            ...CANARY,
            trafficRouting: {
              plugins: {
                'argoproj-labs/gatewayAPI': {
                  httpRoute: 'reviews',
                  httpRoutes: [{ name: 'gone' }],
                  namespace: 'shop',
                },
              },
            },
          },
        },
      }),
      `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: reviews, namespace: shop }
spec:
  parentRefs: [{ group: '', kind: Service, name: reviews }]
  rules:
    - backendRefs: [{ name: reviews-stable, port: 80, weight: 70 }, { name: reviews-canary, port: 80, weight: 30 }]
`,
    );
    expect(steering).toMatchObject({
      value: 'gateway-api',
      routes: [
        { percent: 30, state: { value: 'written' } },
        { state: { value: 'missing' } },
      ],
    });
    expect(differences.map(({ text }) => text)).toEqual([
      'The Rollout wants 10 %, HTTPRoute shop/reviews sends 30 %',
      'There is no HTTPRoute shop/gone',
    ]);
  });
});

describe('a ping-pong Rollout', () => {
  it.each([
    ['ping', { stable: 'a', canary: 'b' }],
    ['pong', { stable: 'b', canary: 'a' }],
    [undefined, { stable: 'b', canary: 'a' }],
  ])('has its stable version at %s', (stablePingPong, services) => {
    const state = stateOf(
      rollout(
        { ...PAUSED, canary: { ...PAUSED.canary, stablePingPong } },
        {
          strategy: {
            canary: { pingPong: { pingService: 'a', pongService: 'b' } },
          },
        },
      ),
    );
    expect(state.services).toEqual(services);
  });
});
