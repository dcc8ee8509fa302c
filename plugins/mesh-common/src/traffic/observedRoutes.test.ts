import fc from 'fast-check';
import { RouteRule, ServiceRoutes } from '../contract/routing';
import { observedRoutes } from './observedRoutes';
import { ServiceTraffic } from './query';

const service = { cluster: 'east', namespace: 'shop', name: 'reviews' };
const host = 'reviews.shop.svc.cluster.local';

function workload(name: string) {
  return { cluster: 'east', namespace: 'shop', kind: 'Deployment', name };
}

const LABELS: Record<string, Record<string, string>> = {
  'reviews-v1': { app: 'reviews', version: 'v1' },
  'reviews-v2': { app: 'reviews', version: 'v2' },
  'reviews-v3': { app: 'reviews', version: 'v3' },
};

function rule(
  name: string,
  weights: Record<string, number>,
  overrides: Partial<RouteRule> = {},
): RouteRule {
  return {
    name,
    matches: [],
    action: 'forward',
    backends: Object.entries(weights).map(([subset, percent]) => ({
      host,
      service,
      subset,
      percent,
    })),
    mirrors: [],
    headers: [],
    reasons: [],
    ...overrides,
  };
}

function routes(...rules: RouteRule[]): ServiceRoutes {
  return {
    service,
    host,
    mesh: 'istio',
    seenFrom: { namespace: 'shop' },
    ports: [
      {
        port: 9080,
        protocol: { value: 'http', reasons: [] },
        routing: {
          value: rules.length > 0 ? 'rules' : 'service',
          reasons: [],
        },
        rules,
        destinations: ['v1', 'v2', 'v3'].map(subset => ({
          host,
          subset,
          labels: { version: subset },
          limits: [],
          reasons: [],
        })),
        ignored: [],
      },
    ],
  };
}

type Flow = ServiceTraffic['flows'][number];

function flow(name: string, requests: number, more: Partial<Flow> = {}): Flow {
  return { workload: workload(name), requests, ...more };
}

function observe(configured: ServiceRoutes, flows: Flow[], labelsKnown = true) {
  return observedRoutes(
    configured,
    { service, flows },
    { labelsOf: ({ name }) => (labelsKnown ? LABELS[name] : undefined) },
  );
}

const SPLIT = rule('VirtualService shop/reviews http[0]', { v1: 90, v2: 10 });

describe('observedRoutes', () => {
  it('says that there was no traffic', () => {
    expect(observe(routes(SPLIT), [flow('reviews-v1', 0)])).toEqual({
      service,
      state: 'no-traffic',
      splits: [],
      hiddenCallers: 0,
      attributed: [],
    });
  });

  it('splits the requests of all and of each caller', () => {
    const productpage = workload('productpage');
    const { splits } = observe(routes(SPLIT), [
      flow('reviews-v1', 60, { caller: productpage }),
      flow('reviews-v2', 20, { caller: productpage }),
      flow('reviews-v1', 20),
    ]);
    expect(splits).toEqual([
      {
        requests: 100,
        backends: [
          { workload: workload('reviews-v1'), requests: 80, percent: 80 },
          { workload: workload('reviews-v2'), requests: 20, percent: 20 },
        ],
      },
      {
        caller: productpage,
        requests: 80,
        backends: [
          { workload: workload('reviews-v1'), requests: 60, percent: 75 },
          { workload: workload('reviews-v2'), requests: 20, percent: 25 },
        ],
      },
    ]);
  });

  it('compares with the only rule that can be reached', () => {
    const dead = rule(
      'VirtualService shop/reviews http[1]',
      { v1: 100 },
      {
        neverMatches: { rule: 'r', text: 'http[0] takes everything' },
      },
    );
    const answer = observe(routes(SPLIT, dead), [
      flow('reviews-v1', 905),
      flow('reviews-v2', 95),
    ]);
    expect(answer.attributed).toEqual([
      {
        port: 9080,
        rule: 0,
        requests: 1000,
        backends: [
          { requests: 905, percent: 90.5 },
          { requests: 95, percent: 9.5 },
        ],
      },
    ]);
    expect(answer.notAttributed).toBeUndefined();
  });

  it('says a difference that chance does not explain', () => {
    expect(
      observe(routes(SPLIT), [flow('reviews-v1', 780), flow('reviews-v2', 220)])
        .attributed[0].difference,
    ).toBe(
      'Of 1000 requests v1 got 78 %, and 90 % is written for it; v2 got 22 %, and 10 % is written for it',
    );
  });

  it('says nothing of a difference of few requests', () => {
    expect(
      observe(routes(SPLIT), [flow('reviews-v1', 7), flow('reviews-v2', 3)])
        .attributed[0].difference,
    ).toBeUndefined();
  });

  it('says that requests come where none should', () => {
    const none = rule('VirtualService shop/reviews http[0]', {
      v1: 100,
      v2: 0,
    });
    expect(
      observe(routes(none), [flow('reviews-v1', 90), flow('reviews-v2', 10)])
        .attributed[0].difference,
    ).toContain('v2 got 10 %, and 0 % is written for it');
  });

  it('compares with a rule whose backends no other rule leads to', () => {
    const preview = rule('VirtualService shop/reviews http[0]', { v3: 100 });
    const canary = rule('VirtualService shop/reviews http[1]', {
      v1: 90,
      v2: 10,
    });
    const flows = [
      flow('reviews-v3', 50),
      flow('reviews-v1', 890),
      flow('reviews-v2', 110),
    ];
    expect(observe(routes(preview, canary), flows).attributed).toEqual([
      expect.objectContaining({ rule: 0, requests: 50 }),
      expect.objectContaining({
        rule: 1,
        requests: 1000,
        backends: [
          { requests: 890, percent: 89 },
          { requests: 110, percent: 11 },
        ],
      }),
    ]);
    // Where a mirror leads there as well, the rule is known in part only.
    const mirrored = {
      ...preview,
      mirrors: [{ host, subset: 'v1', percent: 100 }],
    };
    const answer = observe(routes(mirrored, canary), flows);
    expect(answer.attributed).toEqual([]);
    expect(answer.notAttributed).toContain('several rules lead');
    const elsewhere = {
      ...preview,
      mirrors: [{ host: 'other.example.com', percent: 100 }],
    };
    expect(
      observe(routes(elsewhere, canary), flows).attributed.map(
        ({ rule: index }) => index,
      ),
    ).toEqual([1]);
  });

  it('attributes by the route that the metric names', () => {
    const named = { route: 'HTTPRoute shop/a', port: 9080 };
    const answer = observe(
      routes(
        rule('HTTPRoute shop/a rules[0]', { v1: 100 }),
        rule('HTTPRoute shop/ab rules[0]', { v2: 100 }),
      ),
      [flow('reviews-v1', 100, named)],
    );
    expect(answer.attributed).toMatchObject([{ rule: 0, requests: 100 }]);
  });

  it.each<[string, ServiceRoutes, Flow[], string]>([
    [
      'several rules can be reached',
      routes(SPLIT, SPLIT),
      [flow('reviews-v1', 1)],
      'does not name the route, and several rules lead to the same backends',
    ],
    [
      'the route has several rules',
      routes(
        rule('HTTPRoute shop/a rules[0]', { v1: 100 }),
        rule('HTTPRoute shop/a rules[1]', { v1: 100 }),
      ),
      [flow('reviews-v1', 1, { route: 'HTTPRoute shop/a' })],
      'Several rules of HTTPRoute shop/a lead to the same backends',
    ],
    [
      'the route is gone',
      routes(SPLIT),
      [flow('reviews-v1', 1, { route: 'HTTPRoute shop/gone' })],
      'HTTPRoute shop/gone, which is none of the routes that apply now',
    ],
    ['no rule decides', routes(), [flow('reviews-v1', 1)], 'No rule decides'],
    [
      'requests are mirrored',
      routes({ ...SPLIT, mirrors: [{ host, percent: 100 }] }),
      [flow('reviews-v1', 1)],
      'Mirrored requests cannot be told from others',
    ],
    [
      'the rule does not forward',
      routes({ ...SPLIT, action: 'redirect', backends: [] }),
      [flow('reviews-v1', 1)],
      'forwards nothing',
    ],
    [
      'they went elsewhere',
      routes(SPLIT),
      [flow('reviews-v1', 1, { backend: { ...service, name: 'other' } })],
      'went where no weight is written',
    ],
    [
      'two backends are one',
      routes({
        ...SPLIT,
        backends: [
          { host, service, percent: 50 },
          { host, service, percent: 50 },
        ],
      }),
      [flow('reviews-v1', 1)],
      'does not tell the backends of the rule apart',
    ],
  ])('compares nothing where %s, and says so', (_, configured, flows, why) => {
    const answer = observe(configured, flows);
    expect(answer.state).toBe('measured');
    expect(answer.attributed).toEqual([]);
    expect(answer.notAttributed).toContain(why);
  });

  it('tells subsets apart by the version in the metric where the workload is not known', () => {
    const answer = observe(
      routes(SPLIT),
      [
        { version: 'v1', requests: 9 },
        { version: 'v2', requests: 1 },
      ],
      false,
    );
    expect(answer.attributed[0].backends.map(({ percent }) => percent)).toEqual(
      [90, 10],
    );
  });

  it('finds no difference in what follows the weights exactly, and loses no request', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 1, max: 1e6 }),
        (percent, total) => {
          const weights = { v1: 100 - percent, v2: percent };
          const answer = observe(
            routes(rule('VirtualService shop/reviews http[0]', weights)),
            [
              flow('reviews-v1', (total * weights.v1) / 100),
              flow('reviews-v2', (total * weights.v2) / 100),
            ],
          );
          expect(answer.attributed[0].difference).toBeUndefined();
          expect(answer.splits[0].requests).toBeCloseTo(total);
        },
      ),
    );
  });
});
