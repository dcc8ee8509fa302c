import { clusterOf, CONTROL_PLANE } from '../__testUtils__/cluster';
import { outboundPolicy } from './outboundPolicy';
import { OutboundPolicy, OutboundRule } from './policy';
import { retriedStatuses } from './retryStatuses';
import { OutboundTarget } from './target';

type Text = Record<string, string>;

const service = (
  name: string,
  options: {
    namespace?: string;
    annotations?: Text;
    ports?: string;
    ip?: string;
  } = {},
) => `
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'shop'}
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  clusterIP: ${options.ip ?? '10.9.0.1'}
  selector: { app: ${name} }
  ports: [${options.ports ?? '{ port: 80 }, { port: 443 }'}]
`;

const serviceParent = (port?: number, name = 'cart') =>
  `{ group: "", kind: Service, name: ${name}, namespace: shop${
    port ? `, port: ${port}` : ''
  } }`;
const egressParent = (port?: number) =>
  `{ group: policy.linkerd.io, kind: EgressNetwork, name: out, namespace: shop${
    port ? `, port: ${port}` : ''
  } }`;

interface RouteOptions {
  kind?: string;
  group?: string;
  namespace?: string;
  parent?: string;
  annotations?: Text;
  rules?: string;
  created?: string;
  hostnames?: string;
  accepted?: string;
  controller?: string;
}

const route = (name: string, options: RouteOptions = {}) => {
  const { kind = 'HTTPRoute', parent = serviceParent(80) } = options;
  return `
---
apiVersion: ${options.group ?? 'gateway.networking.k8s.io/v1'}
kind: ${kind}
metadata:
  name: ${name}
  namespace: ${options.namespace ?? 'shop'}
  annotations: ${JSON.stringify(options.annotations ?? {})}
  creationTimestamp: ${options.created ?? '2026-01-01'}T00:00:00Z
spec:
  parentRefs: [${parent}]
  hostnames: [${options.hostnames ?? ''}]
  rules: [${options.rules ?? '{}'}]
status:
  parents:
    - parentRef: ${options.accepted ?? parent}
      controllerName: ${options.controller ?? 'linkerd.io/policy-controller'}
      conditions: [{ type: Accepted, status: 'True' }]
`;
};

const tcp = (name: string, options: RouteOptions = {}) =>
  route(name, {
    kind: 'TCPRoute',
    group: 'gateway.networking.k8s.io/v1alpha2',
    ...options,
  });
const tls = (name: string, options: RouteOptions = {}) =>
  route(name, {
    kind: 'TLSRoute',
    group: 'gateway.networking.k8s.io/v1alpha2',
    ...options,
  });
const grpc = (name: string, options: RouteOptions = {}) =>
  route(name, { kind: 'GRPCRoute', ...options });
const policyHttp = (name: string, options: RouteOptions = {}) =>
  route(name, { group: 'policy.linkerd.io/v1beta3', ...options });

const egress = (
  options: { policy?: string; annotations?: Text; networks?: string } = {},
) => `
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata:
  name: out
  namespace: shop
  annotations: ${JSON.stringify(options.annotations ?? {})}
spec:
  trafficPolicy: ${options.policy ?? 'Allow'}
  ${options.networks ? `networks: [${options.networks}]` : ''}
status: { conditions: [{ type: Accepted, status: 'True' }] }
`;

const CART: OutboundTarget = {
  kind: 'Service',
  namespace: 'shop',
  name: 'cart',
};
const OUTSIDE: OutboundTarget = { address: '203.0.113.7' };

function ask(
  yaml: string,
  options: { from?: string; target?: OutboundTarget; port?: number } = {},
) {
  return outboundPolicy(clusterOf(CONTROL_PLANE + yaml), {
    clientNamespace: options.from ?? 'shop',
    target: options.target ?? CART,
    port: options.port ?? 80,
  });
}

/** The protocol, then the routes by name, the default route in brackets; what is refused has a `!`. */
function summary(policy: OutboundPolicy | undefined): string {
  if (!policy) {
    return 'not found';
  }
  const { protocol, routes, defaultRoute } = policy;
  const fallback = defaultRoute
    ? [`[${defaultRoute.name}${defaultRoute.forbidden ? '!' : ''}]`]
    : [];
  return [
    protocol,
    ...routes.map(one => one.route.route.metadata.name),
    ...fallback,
  ].join(' ');
}

function ruleOf(policy: OutboundPolicy | undefined): OutboundRule {
  const rule = policy?.routes[0]?.rules[0];
  if (!rule) {
    throw new Error(`There is no route: ${JSON.stringify(policy?.ignored)}`);
  }
  return rule;
}

describe('of a Service', () => {
  it.each<[string, string, string]>([
    ['no routes', '', 'detect [http]'],
    ['an HTTPRoute', route('a'), 'detect a'],
    [
      'both groups, by age',
      route('b') + policyHttp('c', { created: '2025-01-01' }),
      'detect c b',
    ],
    ['equal ages, by name', route('b') + policyHttp('a'), 'detect a b'],
    ['a GRPCRoute, which wins', route('a') + grpc('g'), 'grpc g'],
    ['HTTP before TLS', route('a') + tls('t'), 'detect a'],
    ['TLS before TCP', tls('t') + tcp('c'), 'tls t'],
    [
      'of TCPRoutes the oldest',
      tcp('b') + tcp('a', { created: '2027-01-01' }),
      'opaque b',
    ],
    [
      'a route for another port',
      route('a', { parent: serviceParent(443) }),
      'detect [http]',
    ],
    [
      'a route for all ports',
      route('a', { parent: serviceParent() }),
      'detect a',
    ],
    [
      'accepted for another port',
      route('a', { accepted: serviceParent(443) }),
      'detect [http]',
    ],
    [
      'accepted for all ports',
      route('a', { accepted: serviceParent() }),
      'detect a',
    ],
    [
      'accepted by another controller',
      route('a', { controller: 'example.com/other' }),
      'detect a',
    ],
    [
      'a TLSRoute with two rules',
      tls('t', { rules: '{}, {}' }),
      'detect [http]',
    ],
    [
      'a filter that Linkerd has not',
      route('a', {
        rules: '{ filters: [{ type: URLRewrite, urlRewrite: {} }] }',
      }),
      'detect [http]',
    ],
    [
      'an invalid annotation',
      route('a', { annotations: { 'timeout.linkerd.io/idle': '-1s' } }),
      'detect [http]',
    ],
  ])('takes %s', (_, routes, expected) => {
    expect(summary(ask(service('cart') + routes))).toBe(expected);
  });

  it.each<[string, string, string, string]>([
    ['http', route('a') + grpc('g'), 'http1 a', ''],
    ['HTTP', '', 'http1 [http]', ''],
    ['kubernetes.io/h2c', route('a'), 'http2 a', ''],
    ['kubernetes.io/h2c', route('a') + grpc('g'), 'grpc g', ''],
    ['linkerd.io/opaque', route('a'), 'opaque [opaq]', ''],
    ['linkerd.io/tcp', tcp('t'), 'opaque t', ''],
    ['mysql', tls('t'), 'opaque [opaq]', ''],
    ['http', '', 'http1 [http]', '80'],
  ])('heeds appProtocol %s', (appProtocol, routes, expected, opaque) => {
    const yaml = service('cart', {
      ports: `{ port: 80, appProtocol: ${appProtocol} }`,
      annotations: opaque ? { 'config.linkerd.io/opaque-ports': opaque } : {},
    });
    expect(summary(ask(yaml + routes))).toBe(expected);
  });

  it.each([
    [80, '80', 'opaque [opaq]'],
    [80, '70-90', 'opaque [opaq]'],
    [80, '81', 'detect [http]'],
    [80, '80,web', 'detect [http]'],
  ])('reads port %i with opaque ports %s', (port, ports, expected) => {
    const annotations = { 'config.linkerd.io/opaque-ports': ports };
    expect(summary(ask(service('cart', { annotations }), { port }))).toBe(
      expected,
    );
  });

  it('has the default opaque ports of the control plane', () => {
    expect(summary(ask(service('cart'), { port: 3306 }))).toBe('opaque [opaq]');
  });

  it.each([
    ['shop', 'detect own'],
    ['pay', 'detect own theirs'],
  ])('gives clients of %s their routes', (from, expected) => {
    const yaml =
      service('cart') + route('own') + route('theirs', { namespace: 'pay' });
    expect(summary(ask(yaml, { from }))).toBe(expected);
  });

  it('is found by its address, on the ports that it has', () => {
    const target = { address: '10.9.0.1' };
    const yaml = service('cart') + route('a', { parent: serviceParent() });
    expect(summary(ask(yaml, { target }))).toBe('detect a');
    expect(summary(ask(yaml, { target, port: 81 }))).toBe(
      'opaque [undefined-port!]',
    );
    expect(summary(ask(yaml, { port: 81 }))).toBe('detect a');
    expect(ask(yaml, { target })?.parent).toMatchObject({ name: 'cart' });
  });

  it('need not exist where it is named', () => {
    expect(summary(ask(''))).toBe('detect [http]');
  });
});

describe('backends', () => {
  const of = (refs: string, options: RouteOptions = {}, make = route) =>
    ruleOf(
      ask(
        service('cart') +
          service('v2') +
          egress() +
          make('a', {
            rules: `{ backendRefs: [${refs}] }`,
            namespace: 'pay',
            ...options,
          }),
        { from: 'pay' },
      ),
    );

  it('go to the Service itself where none is named', () => {
    expect(of('')).toMatchObject({
      distribution: 'firstAvailable',
      backends: [
        {
          target: {
            kind: 'Service',
            namespace: 'shop',
            name: 'cart',
            port: 80,
          },
        },
      ],
    });
  });

  it.each<[string, string, object]>([
    [
      'of the namespace of the parent',
      '{ name: v2, port: 90 }',
      { target: { namespace: 'shop', name: 'v2', port: 90 }, weight: 1 },
    ],
    ['with a weight', '{ name: v2, port: 80, weight: 0 }', { weight: 0 }],
    [
      'with filters',
      '{ name: v2, port: 80, filters: [{ type: ResponseHeaderModifier, responseHeaderModifier: { remove: [X-Debug] } }] }',
      {
        filters: [
          { responseHeaders: { set: [], add: [], remove: ['x-debug'] } },
        ],
      },
    ],
    [
      'that does not exist',
      '{ name: v3, port: 80 }',
      { target: { name: 'v3' }, invalid: { message: 'Service not found v3' } },
    ],
    [
      'without port',
      '{ name: v2 }',
      { invalid: { message: 'missing port for backend Service v2' } },
    ],
    [
      'of another kind',
      '{ group: example.com, kind: Bucket, name: b }',
      { invalid: { message: 'unsupported backend type example.com Bucket' } },
    ],
    [
      'with a filter that Linkerd has not',
      '{ name: v2, port: 80, filters: [{ type: URLRewrite }] }',
      {
        invalid: {
          message:
            'unsupported backend filter: URLRewrite filter is not supported',
        },
      },
    ],
    [
      'that is an EgressNetwork',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: out }',
      {
        target: { kind: 'EgressNetwork', name: 'out', port: 80 },
        invalid: {
          message:
            'EgressNetwork backends attach to EgressNetwork parents only',
        },
      },
    ],
    [
      'that is an EgressNetwork and does not exist',
      '{ group: policy.linkerd.io, kind: EgressNetwork, name: in }',
      { invalid: { message: 'EgressNetwork not found in' } },
    ],
  ])('are %s', (_, ref, expected) => {
    const rule = of(ref);
    expect(rule.distribution).toBe('randomAvailable');
    expect(rule.backends).toMatchObject([expected]);
    expect('invalid' in rule.backends[0]).toBe('invalid' in expected);
  });

  it('of connections are the same', () => {
    expect(of('{ name: v3, port: 80 }', {}, tcp).backends).toMatchObject([
      { invalid: { message: 'Service not found v3' } },
    ]);
  });
});

describe('settings', () => {
  const PARENT = {
    'timeout.linkerd.io/request': '5s',
    'timeout.linkerd.io/idle': '1m',
    'retry.linkerd.io/http': '5xx',
    'retry.linkerd.io/grpc': 'internal',
  };

  const of = (options: RouteOptions, make = route) => {
    const { timeouts, retry } = ruleOf(
      ask(service('cart', { annotations: PARENT }) + make('a', options)),
    );
    return {
      ...Object.fromEntries(
        Object.entries(timeouts).map(([name, { ms }]) => [name, ms]),
      ),
      retry: retry?.on,
      by: timeouts.request?.source.kind,
    };
  };

  it.each<[string, RouteOptions, object]>([
    [
      'those of the Service',
      {},
      { request: 5000, idle: 60000, retry: ['5xx'], by: 'Service' },
    ],
    [
      'timeouts of the route alone',
      { annotations: { 'timeout.linkerd.io/response': '1s' } },
      { response: 1000, retry: ['5xx'] },
    ],
    [
      'retries of the route alone',
      { annotations: { 'retry.linkerd.io/http': '429' } },
      { request: 5000, idle: 60000, retry: ['429'] },
    ],
    [
      'the timeout of the rule',
      { rules: '{ timeouts: { request: 2s } }' },
      { request: 2000, by: 'gateway.networking.k8s.io/HTTPRoute' },
    ],
    [
      'no timeout of the rule that is 0',
      { rules: '{ timeouts: { request: 0s } }' },
      { request: 5000, idle: 60000 },
    ],
    [
      'the annotation before the rule',
      {
        rules: '{ timeouts: { request: 2s } }',
        annotations: { 'timeout.linkerd.io/request': '3s' },
      },
      { request: 3000 },
    ],
  ])('are %s', (_, options, expected) => {
    expect(of(options)).toMatchObject(expected);
    expect(Object.keys(of(options)).sort()).toEqual(
      Object.keys({ retry: 0, by: 0, ...expected }).sort(),
    );
  });

  it('of gRPC are those for gRPC', () => {
    expect(of({}, grpc)).toMatchObject({ retry: ['internal'], request: 5000 });
  });

  it('apply to requests without a route', () => {
    const policy = ask(service('cart', { annotations: PARENT }));
    expect(policy?.defaultRoute?.rule).toMatchObject({
      timeouts: { request: { ms: 5000 } },
      retry: { on: ['5xx'], limit: 1 },
    });
  });

  it('of a sort are void if one is invalid, which is said', () => {
    const annotations = {
      ...PARENT,
      'timeout.linkerd.io/idle': '1.5s',
      'balancer.linkerd.io/failure-accrual': 'consecutive',
    };
    const policy = ask(service('cart', { annotations }));
    expect(policy?.defaultRoute?.rule.timeouts).toEqual({});
    expect(policy?.defaultRoute?.rule.retry).toBeDefined();
    expect(policy?.failureAccrual).toMatchObject({ maxFailures: 7 });
    expect(policy?.invalidSettings).toMatchObject([
      {
        group: 'timeouts',
        reason: { field: 'metadata.annotations.timeout.linkerd.io/idle' },
      },
    ]);
  });

  it.each<[string, Text, Partial<OutboundPolicy>]>([
    [
      'penalties',
      { 'balancer.alpha.linkerd.io/penalize-failures': 'true' },
      { loadBias: { penaltyMs: 5000, maxRetryAfterMs: 300000 } },
    ],
    ['no penalties', {}, {}],
  ])('of the balancer are %s', (_, annotations, expected) => {
    const policy = ask(service('cart', { annotations }));
    expect(policy?.loadBias).toEqual(expected.loadBias);
    const opaque = { ...annotations, 'config.linkerd.io/opaque-ports': '80' };
    expect(
      ask(service('cart', { annotations: opaque }))?.loadBias,
    ).toBeUndefined();
  });

  it('heed Retry-After in the mode unified only', () => {
    const of2 = (mode: string) =>
      ask(
        service('cart', {
          annotations: {
            'balancer.linkerd.io/failure-accrual': mode,
            'balancer.alpha.linkerd.io/failure-accrual-honor-retry-after':
              'true',
          },
        }),
      )?.failureAccrual?.honorRetryAfter;
    expect([of2('unified'), of2('consecutive')]).toEqual([true, false]);
  });

  it('name status codes', () => {
    expect(retriedStatuses(['5xx', 'gateway-error', '429', '401-403'])).toEqual(
      [
        [500, 599],
        [502, 504],
        [429, 429],
        [401, 403],
      ],
    );
  });
});

it('applies filters as the controller converts them', () => {
  const rules = `
    { filters: [
      { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: X-A, value: "1" }] } },
      { type: ResponseHeaderModifier, responseHeaderModifier: { remove: [X-B] } } ] }`;
  const request = {
    requestHeaders: { set: [['x-a', '1']], add: [], remove: [] },
  };
  const changes = { set: [], add: [], remove: ['x-b'] };
  const of = (make: typeof route) =>
    ruleOf(ask(service('cart') + make('a', { rules }))).filters;
  expect(of(route)).toEqual([request, { responseHeaders: changes }]);
  expect(of(policyHttp)).toEqual([request, { requestHeaders: changes }]);
  expect(of(grpc)).toEqual([request]);
});

describe('of what is outside the cluster', () => {
  it.each<[string, string, string, number]>([
    ['no EgressNetwork', '', 'detect [egress-fallback]', 80],
    ['one that lets out', egress(), 'detect [http-egress-allow]', 80],
    [
      'one that does not',
      egress({ policy: 'Deny' }),
      'detect [http-egress-deny!]',
      80,
    ],
    [
      'an opaque port',
      egress({
        policy: 'Deny',
        annotations: { 'config.linkerd.io/opaque-ports': '80' },
      }),
      'opaque [tcp-egress-deny!]',
      80,
    ],
    [
      'a port that is opaque by default',
      egress(),
      'opaque [tcp-egress-allow]',
      3306,
    ],
    [
      'an HTTPRoute',
      egress() + route('a', { parent: egressParent(80) }),
      'detect a [http-egress-allow]',
      80,
    ],
    [
      'a GRPCRoute',
      egress({ policy: 'Deny' }) + grpc('g', { parent: egressParent(80) }),
      'grpc g [grpc-egress-deny!]',
      80,
    ],
    [
      'a TLSRoute',
      egress() + tls('t', { parent: egressParent(80) }),
      'tls t [tls-egress-allow]',
      80,
    ],
    [
      'a TCPRoute',
      egress() + tcp('t', { parent: egressParent(80) }),
      'opaque t',
      80,
    ],
    [
      'a route without a port',
      egress() + route('a', { parent: egressParent() }),
      'detect [http-egress-allow]',
      80,
    ],
  ])('has %s', (_, yaml, expected, port) => {
    expect(summary(ask(yaml, { target: OUTSIDE, port }))).toBe(expected);
  });

  it('refuses what is not HTTP, too', () => {
    const of = (policy: string) =>
      ask(egress({ policy }), { target: OUTSIDE })?.opaqueForbidden;
    expect([of('Allow'), of('Deny')]).toEqual([false, true]);
  });

  it('is a backend of routes on itself', () => {
    const ref = '{ group: policy.linkerd.io, kind: EgressNetwork, name: out }';
    const yaml =
      egress() +
      route('a', {
        parent: egressParent(80),
        rules: `{ backendRefs: [${ref}] }`,
      });
    expect(ruleOf(ask(yaml, { target: OUTSIDE })).backends).toEqual([
      {
        target: {
          kind: 'EgressNetwork',
          namespace: 'shop',
          name: 'out',
          port: 80,
        },
        weight: 1,
        ref: 0,
        filters: [],
      },
    ]);
  });

  it('is not an address of the cluster', () => {
    expect(ask(egress(), { target: { address: '10.1.2.3' } })).toBeUndefined();
  });
});

it('says why routes have no effect', () => {
  const yaml =
    service('cart') +
    grpc('g') +
    route('a') +
    route('b', { accepted: serviceParent(443) }) +
    route('c', { namespace: 'pay' });
  expect(
    ask(yaml)
      ?.ignored.map(({ text }) => text)
      .sort(),
  ).toEqual([
    'HTTPRoute pay/c is not used: it is not in the namespace of the Service, so it counts for clients of pay only, and the client is in shop',
    'HTTPRoute shop/a is not used: the parent has a GRPCRoute, which wins',
    'HTTPRoute shop/b is not used: the controller has not accepted it',
  ]);
});
