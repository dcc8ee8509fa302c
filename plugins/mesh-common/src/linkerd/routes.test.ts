import { MeshSnapshot } from '../snapshot/MeshSnapshot';
import { SnapshotOrigin } from '../snapshot/readState';
import { clusterOf, CONTROL_PLANE, meshedPod } from './__testUtils__/cluster';
import { serviceRoutes } from './routes';

const annotationText = (entries: Record<string, string>) =>
  JSON.stringify(entries);

const service = (
  name: string,
  options: {
    annotations?: Record<string, string>;
    port?: string;
    ip?: string;
  } = {},
) => `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
  annotations: ${annotationText(options.annotations ?? {})}
spec:
  clusterIP: ${options.ip ?? '10.9.0.1'}
  selector: { app: ${name} }
  ports: [{ name: http, port: 80, targetPort: 8080${options.port ?? ''} }]
`;

interface RouteOptions {
  namespace?: string;
  kind?: 'HTTPRoute' | 'GRPCRoute';
  group?: string;
  annotations?: Record<string, string>;
  parent?: string;
  created?: string;
  accepted?: boolean | 'unsaid';
  hostnames?: string;
}

function route(name: string, rules: string, options: RouteOptions = {}) {
  const {
    namespace = 'shop',
    kind = 'HTTPRoute',
    group = 'gateway.networking.k8s.io/v1',
    parent = '{ group: "", kind: Service, name: cart, namespace: shop, port: 80 }',
    created = '2026-01-01',
    accepted = true,
    hostnames = '',
  } = options;
  const status =
    accepted === 'unsaid'
      ? ''
      : `
status:
  parents:
    - parentRef: ${parent}
      controllerName: linkerd.io/policy-controller
      conditions: [{ type: Accepted, status: '${
        accepted ? 'True' : 'False'
      }', reason: NoMatchingParent }]
`;
  return `
---
apiVersion: ${group}
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${namespace}
  annotations: ${annotationText(options.annotations ?? {})}
  creationTimestamp: ${created}T00:00:00Z
spec:
  parentRefs: [${parent}]
  hostnames: [${hostnames}]
  rules: [${rules}]
${status}`;
}

function ask(
  yaml: string,
  options: {
    from?: string;
    origin?: SnapshotOrigin;
    snapshot?: MeshSnapshot;
  } = {},
) {
  const snapshot =
    options.snapshot ??
    clusterOf(CONTROL_PLANE + yaml, { origin: options.origin });
  const cart = snapshot.get('Service', 'shop', 'cart');
  if (!cart) {
    throw new Error('There is no Service shop/cart');
  }
  return serviceRoutes(snapshot, cart, {
    namespace: options.from ?? 'shop',
  }).ports[0];
}

const CART = service('cart');
const BOTH = CART + service('cart-2');
const SPLIT = `{ backendRefs: [{ name: cart, port: 80, weight: 3 }, { name: cart-2, port: 80 }] }`;

describe('serviceRoutes', () => {
  it('sends requests to the Service where it has no routes', () => {
    const port = ask(CART + meshedPod('cart'));
    expect(port).toMatchObject({
      protocol: { value: 'detected' },
      routing: { value: 'service' },
      rules: [],
      destinations: [
        {
          host: 'cart.shop.svc.cluster.local',
          endpoints: { ready: 1, total: 1 },
          loadBalancer: 'EWMA',
        },
      ],
    });
    expect(port.unmatched).toBeUndefined();
  });

  it('splits by weight, and says 404 where a rule is missing', () => {
    const port = ask(BOTH + route('split', SPLIT));
    expect(port.routing.value).toBe('rules');
    expect(port.rules[0]).toMatchObject({
      name: 'HTTPRoute shop/split rules[0]',
      matches: [],
      action: 'forward',
      backends: [
        {
          host: 'cart.shop.svc.cluster.local',
          port: 80,
          weight: 3,
          percent: 75,
        },
        { host: 'cart-2.shop.svc.cluster.local', port: 80, percent: 25 },
      ],
    });
    expect(port.unmatched).toBeUndefined();
    const path = '{ matches: [{ path: { value: /v1 } }] }';
    expect(ask(CART + route('v1', path))).toMatchObject({
      rules: [
        { backends: [{ host: 'cart.shop.svc.cluster.local', percent: 100 }] },
      ],
      unmatched: { status: 404, reason: { object: { name: 'v1' } } },
    });
  });

  it('lists rules as the proxy prefers them, and what never matches', () => {
    const rules = (...names: string[]) =>
      names
        .map(value => `{ matches: [{ path: { value: ${value} } }] }`)
        .join(', ');
    const port = ask(
      CART +
        route('younger', rules('/a', '/a/b'), { created: '2026-02-01' }) +
        route('older', rules('/', '/a')),
    );
    expect(
      port.rules.map(({ name, neverMatches }) => [name, neverMatches?.text]),
    ).toEqual([
      ['HTTPRoute shop/younger rules[1]', undefined],
      ['HTTPRoute shop/older rules[1]', undefined],
      [
        'HTTPRoute shop/younger rules[0]',
        'HTTPRoute shop/older rules[1] takes every such request first',
      ],
      ['HTTPRoute shop/older rules[0]', undefined],
    ]);
  });

  it('lists a rule once for each place of its matches', () => {
    const port = ask(
      CART +
        route(
          'two',
          `{ matches: [{ path: { value: /a/b } }, { path: { value: / } }] }, { matches: [{ path: { value: /a } }] }`,
        ),
    );
    expect(
      port.rules.map(({ name, matches }) => `${name} ${matches.length}`),
    ).toEqual([
      'HTTPRoute shop/two rules[0] 1',
      'HTTPRoute shop/two rules[1] 1',
      'HTTPRoute shop/two rules[0] 0',
    ]);
  });

  it.each([
    [
      'is not accepted',
      { accepted: false },
      'does not accept it (NoMatchingParent)',
    ],
    ['has no status', { accepted: 'unsaid' as const }, 'has not accepted it'],
    [
      'is another client’s',
      { namespace: 'web' },
      'counts for clients of web only',
    ],
    [
      'has an invalid annotation',
      { annotations: { 'retry.linkerd.io/limit': 'x' } },
      'retry.linkerd.io/limit is invalid',
    ],
  ])('ignores a route that %s', (_, options, text) => {
    const port = ask(BOTH + route('split', SPLIT, options));
    expect(port.routing.value).toBe('service');
    expect(port.ignored).toEqual([
      expect.objectContaining({
        text: expect.stringContaining(text),
        object: expect.objectContaining({ name: 'split' }),
      }),
    ]);
  });

  it.each([
    [
      'a filter that Linkerd does not have',
      '{ filters: [{ type: URLRewrite }] }',
      'no filter URLRewrite',
    ],
    [
      'a path that is not absolute',
      '{ matches: [{ path: { value: v1 } }] }',
      'does not start with /',
    ],
    [
      'an expression that is none',
      '{ matches: [{ headers: [{ type: RegularExpression, name: a, value: "(" }] }] }',
      'no regular expression',
    ],
  ])('ignores a route with %s', (_, rule, text) => {
    expect(ask(CART + route('broken', rule)).ignored[0].text).toContain(text);
  });

  it('uses a consumer’s route for that consumer', () => {
    const yaml = BOTH + route('mine', SPLIT, { namespace: 'web' });
    expect(ask(yaml, { from: 'web' }).rules).toHaveLength(1);
  });

  it('ignores routes of other ports, and takes those of all ports', () => {
    const parent = (port: string) =>
      `{ group: core, kind: Service, name: cart, namespace: shop${port} }`;
    expect(
      ask(BOTH + route('a', SPLIT, { parent: parent(', port: 81') })).rules,
    ).toEqual([]);
    expect(
      ask(BOTH + route('a', SPLIT, { parent: parent('') })).rules,
    ).toHaveLength(1);
  });

  it('lets GRPCRoutes win, and reads neither where the port is opaque', () => {
    const both =
      route('http', SPLIT) +
      route('grpc', '{ matches: [{ method: { service: shop.Cart } }] }', {
        kind: 'GRPCRoute',
      });
    const port = ask(BOTH + both);
    expect(port.protocol.value).toBe('grpc');
    expect(port.rules.map(({ name }) => name)).toEqual([
      'GRPCRoute shop/grpc rules[0]',
    ]);
    expect(port.ignored[0].text).toContain('has a GRPCRoute, which wins');
    const opaque = ask(
      service('cart', { port: ', appProtocol: grpc' }) +
        service('cart-2') +
        both,
    );
    expect(opaque).toMatchObject({
      protocol: {
        value: 'opaque',
        reasons: [{ text: expect.stringContaining('does not know') }],
      },
      routing: { value: 'service' },
    });
    expect(opaque.ignored).toHaveLength(2);
    const http = ask(
      service('cart', { port: ', appProtocol: HTTP' }) +
        service('cart-2') +
        both,
    );
    expect(http.rules.map(({ name }) => name)).toEqual([
      'HTTPRoute shop/http rules[0]',
    ]);
  });

  it('answers 500 for backends that cannot be used', () => {
    const port = ask(
      CART +
        route(
          'split',
          `{ backendRefs: [{ name: ghost, port: 80 }, { name: cart }, { kind: Pod, name: cart, port: 80 }, { name: cart, port: 81 }] }`,
        ),
    );
    expect(
      port.rules[0].backends.map(({ missing }) => missing?.reason.text),
    ).toEqual([
      'There is no Service shop/ghost',
      'The backend cart has no port',
      'A Pod cannot be a backend',
      undefined,
    ]);
    expect(port.rules[0].backends[0].missing?.status).toBe(500);
    expect(port.rules[0].reasons.map(({ text }) => text)).toContain(
      'Service shop/cart has no port 81: no endpoint will be found',
    );
  });

  it('fails every request where all weights are 0', () => {
    expect(
      ask(
        CART +
          route(
            'off',
            '{ backendRefs: [{ name: cart, port: 80, weight: 0 }] }',
          ),
      ).rules[0],
    ).toMatchObject({
      action: 'direct-response',
      directResponse: { status: 500 },
      backends: [],
    });
  });

  it('takes a backend without namespace to be the Service’s', () => {
    const [rule] = ask(BOTH + route('mine', SPLIT, { namespace: 'web' }), {
      from: 'web',
    }).rules;
    expect(rule.backends[1].service).toMatchObject({
      namespace: 'shop',
      name: 'cart-2',
    });
    expect(rule.reasons.map(({ text }) => text)).toContain(
      "A backend without namespace is one of the Service's namespace: shop, not web",
    );
  });

  it('redirects and changes headers', () => {
    const [rule] = ask(
      CART +
        route(
          'go',
          `{ filters: [
            { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: b }], remove: [c] } },
            { type: RequestRedirect, requestRedirect: { hostname: example.com, path: { type: ReplaceFullPath, replaceFullPath: /x } } }] }`,
        ),
    ).rules;
    expect(rule).toMatchObject({
      action: 'redirect',
      redirect: { code: 302, authority: 'example.com', path: '/x' },
      headers: ['request set a: b', 'request remove c'],
      backends: [],
    });
  });

  describe('retries and timeouts', () => {
    const onService = {
      'retry.linkerd.io/http': '5xx',
      'timeout.linkerd.io/request': '2s',
      'timeout.linkerd.io/response': '1s',
    };

    it('are the Service’s where there is no route', () => {
      expect(ask(service('cart', { annotations: onService }))).toMatchObject({
        routing: { value: 'rules' },
        rules: [
          {
            name: 'Service shop/cart',
            timeout: { ms: 2000 },
            retries: { attempts: 1, on: ['5xx'] },
          },
        ],
      });
    });

    it.each([
      ['the Service’s', {}, '', 2000, 1],
      [
        'the route’s, which replace those of the Service',
        { 'timeout.linkerd.io/idle': '5s' },
        '',
        undefined,
        1,
      ],
      ['the rule’s', {}, ', timeouts: { request: 300ms }', 300, 1],
      [
        'the route’s before the rule’s',
        { 'timeout.linkerd.io/request': '1s' },
        ', timeouts: { request: 300ms }',
        1000,
        1,
      ],
      ['the route’s retries', { 'retry.linkerd.io/limit': '4' }, '', 2000, 4],
    ])('are %s', (_, annotations, rule, ms, attempts) => {
      const [first] = ask(
        service('cart', { annotations: onService }) +
          route('r', `{ matches: [{ path: { value: / } }]${rule} }`, {
            annotations,
          }),
      ).rules;
      expect([first.timeout?.ms, first.retries?.attempts]).toEqual([
        ms,
        attempts,
      ]);
    });

    it('reads the rule of a policy.linkerd.io route in Go’s grammar', () => {
      const [first] = ask(
        CART +
          route('r', '{ timeouts: { request: 1m30s } }', {
            group: 'policy.linkerd.io/v1beta3',
          }),
      ).rules;
      expect(first.timeout?.ms).toBe(90_000);
    });

    it('says which annotation of the Service voids them', () => {
      const port = ask(
        service('cart', {
          annotations: { ...onService, 'retry.linkerd.io/limit': 'x' },
        }) + route('r', '{}'),
      );
      expect(port.rules[0].retries).toBeUndefined();
      expect(port.rules[0].timeout?.ms).toBe(2000);
      expect(port.rules[0].reasons.map(({ text }) => text)).toContain(
        'The retries of the Service have no effect: retry.linkerd.io/limit is invalid (x is no number from 0 to 65535)',
      );
    });
  });

  it('breaks circuits as the Service says, for each backend', () => {
    const annotations = {
      'balancer.linkerd.io/failure-accrual': 'consecutive',
    };
    const port = ask(
      service('cart', { annotations }) +
        service('cart-2') +
        route('split', SPLIT),
    );
    expect(
      port.destinations.map(({ host, outlierDetection }) => [
        host,
        outlierDetection,
      ]),
    ).toEqual([
      [
        'cart.shop.svc.cluster.local',
        { ejectsAfter: '7 consecutive failures', baseEjectionMs: 1000 },
      ],
      [
        'cart-2.shop.svc.cluster.local',
        { ejectsAfter: '7 consecutive failures', baseEjectionMs: 1000 },
      ],
    ]);
    const invalid = { 'balancer.linkerd.io/failure-accrual': 'true' };
    const [first] = ask(service('cart', { annotations: invalid })).destinations;
    expect(first.outlierDetection).toBeUndefined();
    expect(first.reasons[0].text).toContain('There is no circuit breaking');
  });

  describe('with a ServiceProfile', () => {
    const profile = (spec: string, namespace = 'shop') => `
---
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: ${namespace} }
spec: { ${spec} }
`;
    const ROUTES = `routes: [{ name: add, condition: { method: POST, pathRegex: /add }, isRetryable: true, timeout: 1.5s }],
      retryBudget: { retryRatio: 0.1, minRetriesPerSecond: 3, ttl: 10s }`;

    it('takes its routes and ignores all others', () => {
      const port = ask(BOTH + route('split', SPLIT) + profile(ROUTES));
      expect(port.routing).toMatchObject({
        value: 'rules',
        reasons: [
          {
            object: { kind: 'linkerd.io/ServiceProfile' },
            field: 'spec.routes',
          },
        ],
      });
      expect(port.rules).toMatchObject([
        {
          matches: [
            [
              { subject: 'path', value: '/add' },
              { subject: 'method', value: 'POST' },
            ],
          ],
          timeout: { ms: 1500 },
          retries: { budget: { percent: 10, minPerSecond: 3, ttlMs: 10_000 } },
        },
        {
          matches: [],
          backends: [{ host: 'cart.shop.svc.cluster.local', percent: 100 }],
        },
      ]);
      expect(port.ignored[0].text).toContain('wins over it');
    });

    it('says which annotations of the Service have no effect', () => {
      const annotated = service('cart', {
        annotations: {
          'balancer.linkerd.io/failure-accrual': 'consecutive',
          'balancer.linkerd.io/failure-accrual-consecutive-max-failures': '3',
          'retry.linkerd.io/http': '5xx',
          'config.linkerd.io/opaque-ports': '9000',
        },
      });
      const { ignored, destinations } = ask(annotated + profile(ROUTES));
      expect(ignored.map(({ field }) => field)).toEqual([
        'metadata.annotations.balancer.linkerd.io/failure-accrual',
        'metadata.annotations.retry.linkerd.io/http',
      ]);
      expect(destinations[0].outlierDetection).toBeUndefined();
    });

    it('has the default budget', () => {
      const [rule] = ask(
        CART + profile('routes: [{ name: add, isRetryable: true }]'),
      ).rules;
      expect(rule.retries?.budget).toEqual({
        percent: 20,
        minPerSecond: 10,
        ttlMs: 10_000,
      });
    });

    it.each<[string, string, boolean]>([
      ['one that lasts a second', 'retryRatio: 0.1, ttl: 1s', true],
      ['one that lasts a minute', 'retryRatio: 1000, ttl: 1m', true],
      ['one that is too short', 'retryRatio: 0.1, ttl: 900ms', false],
      ['one that is too long', 'retryRatio: 0.1, ttl: 61s', false],
      ['one that lasts for nothing', 'retryRatio: 0.1, ttl: 0s', false],
      ['one of too many', 'retryRatio: 1001, ttl: 10s', false],
    ])('has by the budget %s retries: %s', (_, budget, isTried) => {
      const [rule] = ask(
        CART +
          profile(
            `routes: [{ name: add, isRetryable: true }], retryBudget: { ${budget} }`,
          ),
      ).rules;
      expect(rule.retries?.budget?.minPerSecond).toBe(isTried ? 0 : undefined);
      expect(rule.reasons.some(({ text }) => text.includes('no retries'))).toBe(
        !isTried,
      );
    });

    it('says that a route is dropped', () => {
      const [dropped, other] = ask(
        CART +
          profile(`routes: [
            { name: a, condition: { pathRegex: '/(?!a)' } },
            { name: b, condition: { pathRegex: /b } }]`),
      ).rules;
      expect(dropped.neverMatches?.text).toContain('does not compile');
      expect(other.neverMatches).toBeUndefined();
    });

    it('leaves connections to the policy unless it overrides destinations', () => {
      const opaque =
        service('cart', {
          annotations: { 'config.linkerd.io/opaque-ports': '80' },
        }) + service('cart-2');
      const override =
        "dstOverrides: [{ authority: 'cart-2.shop.svc.cluster.local', weight: 1 }]";
      expect(ask(opaque + profile(ROUTES)).routing.value).toBe('service');
      expect(
        ask(opaque + profile(`${ROUTES}, ${override}`)).rules.map(
          ({ name, backends }) => [name, backends[0].host],
        ),
      ).toEqual([
        [
          'ServiceProfile shop/cart.shop.svc.cluster.local default',
          'cart-2.shop.svc.cluster.local',
        ],
      ]);
    });

    it('does not count without routes or overrides', () => {
      expect(
        ask(BOTH + route('split', SPLIT) + profile('')).rules[0].name,
      ).toBe('HTTPRoute shop/split rules[0]');
    });

    it('is the client’s own before the Service’s', () => {
      const yaml =
        CART +
        profile('routes: [{ name: a }]') +
        profile('routes: [{ name: b }]', 'web');
      expect(
        ask(yaml, { from: 'web' }).routing.reasons[0].object?.namespace,
      ).toBe('web');
      expect(ask(yaml).routing.reasons[0].object?.namespace).toBe('shop');
    });

    it('splits by its overrides', () => {
      const [rule] = ask(
        BOTH +
          profile(`dstOverrides: [
            { authority: 'cart.shop.svc.cluster.local:80', weight: 900m },
            { authority: 'cart-2.shop.svc.cluster.local:80', weight: '0.1' },
            { authority: 'ghost.shop.svc.cluster.local:80', weight: 1 }]`),
      ).rules;
      expect(
        rule.backends.map(({ host, percent, missing }) => [
          host,
          percent,
          missing?.status,
        ]),
      ).toEqual([
        ['cart.shop.svc.cluster.local', 45, undefined],
        ['cart-2.shop.svc.cluster.local', 5, undefined],
        ['ghost.shop.svc.cluster.local', 50, 503],
      ]);
    });
  });

  describe('over files', () => {
    it('predicts what the controller would accept', () => {
      const port = ask(BOTH + route('split', SPLIT, { accepted: 'unsaid' }), {
        origin: 'files',
      });
      expect(port.routing).toMatchObject({ value: 'rules', predicted: true });
    });

    it('predicts that a Service without cluster IP has no routes', () => {
      const port = ask(
        service('cart', { ip: 'None' }) +
          service('cart-2') +
          route('split', SPLIT),
        { origin: 'files' },
      );
      expect(port.routing.value).toBe('service');
      expect(port.ignored[0].text).toContain('has no cluster IP');
    });

    it('predicts the conflict of kinds with one parent', () => {
      const port = ask(
        BOTH +
          route('http', SPLIT) +
          route('grpc', '{}', { kind: 'GRPCRoute', namespace: 'web' }),
        { origin: 'files' },
      );
      expect(port.ignored.map(({ text }) => text)).toContainEqual(
        expect.stringContaining('GRPCRoute web/grpc has the same parent'),
      );
    });
  });

  it('is unknown where routes could not be read, or one of them', () => {
    expect(
      ask('', {
        snapshot: clusterOf(CONTROL_PLANE + CART, {
          forbidden: ['gateway.networking.k8s.io/GRPCRoute'],
        }),
      }).routing,
    ).toMatchObject({ value: 'unknown', cause: 'forbidden' });
    expect(ask(CART + route('bad', 'all')).routing).toMatchObject({
      value: 'unknown',
      cause: 'malformed',
    });
  });

  it('has no part in what bypasses the proxy', () => {
    const udp = ask(service('cart', { port: ', protocol: UDP' }));
    expect(udp.routing.value).toBe('not-in-mesh');
    const snapshot = clusterOf(
      CONTROL_PLANE +
        CART +
        meshedPod('web', {
          annotations: { 'config.linkerd.io/skip-outbound-ports': '80' },
        }),
    );
    const [cart] = snapshot.list('Service');
    const [port] = serviceRoutes(snapshot, cart, {
      namespace: 'shop',
      workload: {
        cluster: 'test',
        namespace: 'shop',
        kind: 'Pod',
        name: 'web',
      },
    }).ports;
    expect(port.routing).toMatchObject({
      value: 'not-in-mesh',
      reasons: [
        { field: 'metadata.annotations.config.linkerd.io/skip-outbound-ports' },
      ],
    });
  });
});
